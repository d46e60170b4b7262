"""Contains all the data models used in inputs/outputs"""

from .accepted import Accepted
from .answers import Answers
from .api_key import ApiKey
from .api_key_list import ApiKeyList
from .api_key_rotation import ApiKeyRotation
from .api_key_settings import ApiKeySettings
from .applied import Applied
from .assignment import Assignment
from .audit_entry import AuditEntry
from .audit_trail import AuditTrail
from .authority import Authority
from .automatic_actions import AutomaticActions
from .backend import Backend
from .boot_setting import BootSetting
from .boot_switch import BootSwitch
from .bucket_move import BucketMove
from .bucket_run import BucketRun
from .bucket_state import BucketState
from .certificate_at_node import CertificateAtNode
from .certificate_list import CertificateList
from .check_switches import CheckSwitches
from .check_switches_classes import CheckSwitchesClasses
from .cluster import Cluster
from .cluster_change import ClusterChange
from .cluster_changed import ClusterChanged
from .cluster_file import ClusterFile
from .cluster_node import ClusterNode
from .cluster_state import ClusterState
from .config_problem import ConfigProblem
from .configure_result import ConfigureResult
from .credentials import Credentials
from .cut_request import CutRequest
from .cut_way import CutWay
from .detector import Detector
from .drain import Drain
from .entry_mode import EntryMode
from .event_kind import EventKind
from .fault import Fault
from .fault_kind import FaultKind
from .fault_list import FaultList
from .feed_event import FeedEvent
from .flow_action import FlowAction
from .flow_owner import FlowOwner
from .flow_verdict import FlowVerdict
from .former_api_key import FormerApiKey
from .former_sealed import FormerSealed
from .former_webhook_secret import FormerWebhookSecret
from .freeze_request import FreezeRequest
from .get_module_log_level import GetModuleLogLevel
from .gone_lan import GoneLan
from .gone_node import GoneNode
from .group_buckets import GroupBuckets
from .group_shares import GroupShares
from .group_status import GroupStatus
from .hashed import Hashed
from .health import Health
from .join_answer import JoinAnswer
from .join_request import JoinRequest
from .lan import Lan
from .lan_address import LanAddress
from .lan_member import LanMember
from .log_entry import LogEntry
from .log_level import LogLevel
from .log_message import LogMessage
from .made_api_key import MadeApiKey
from .made_join_token import MadeJoinToken
from .made_webhook import MadeWebhook
from .module import Module
from .module_boot import ModuleBoot
from .module_buckets import ModuleBuckets
from .module_checks import ModuleChecks
from .module_checks_classes import ModuleChecksClasses
from .module_configuration import ModuleConfiguration
from .module_configuration_json import ModuleConfigurationJson
from .module_configuration_json_configuration import (
    ModuleConfigurationJsonConfiguration,
)
from .module_configuration_json_macros import ModuleConfigurationJsonMacros
from .module_configuration_json_scripts import ModuleConfigurationJsonScripts
from .module_configuration_macros import ModuleConfigurationMacros
from .module_configuration_scripts import ModuleConfigurationScripts
from .module_entry import ModuleEntry
from .module_interface import ModuleInterface
from .module_json import ModuleJson
from .module_json_configuration import ModuleJsonConfiguration
from .module_json_macros import ModuleJsonMacros
from .module_json_scripts import ModuleJsonScripts
from .module_list import ModuleList
from .module_log import ModuleLog
from .module_on_node import ModuleOnNode
from .module_phase import ModulePhase
from .module_ready import ModuleReady
from .module_settings import ModuleSettings
from .module_settings_macros import ModuleSettingsMacros
from .module_settings_scripts import ModuleSettingsScripts
from .module_status import ModuleStatus
from .module_status_counters import ModuleStatusCounters
from .module_summary import ModuleSummary
from .new_api_key import NewApiKey
from .new_join_token import NewJoinToken
from .new_lan import NewLan
from .new_module import NewModule
from .new_module_macros import NewModuleMacros
from .new_node import NewNode
from .new_user import NewUser
from .next_authority import NextAuthority
from .next_secret import NextSecret
from .node_address import NodeAddress
from .node_cause import NodeCause
from .node_certificate import NodeCertificate
from .node_entry import NodeEntry
from .node_list import NodeList
from .node_module import NodeModule
from .node_module_list import NodeModuleList
from .node_power import NodePower
from .node_result import NodeResult
from .node_results import NodeResults
from .node_selection import NodeSelection
from .node_share import NodeShare
from .node_status import NodeStatus
from .node_webhook import NodeWebhook
from .node_webhook_trial import NodeWebhookTrial
from .operation import Operation
from .operation_list import OperationList
from .operation_state import OperationState
from .operation_step import OperationStep
from .part_change import PartChange
from .part_diff import PartDiff
from .peer import Peer
from .peer_lan import PeerLan
from .phase import Phase
from .probed import Probed
from .problem import Problem
from .problem_type import ProblemType
from .protocol import Protocol
from .readiness import Readiness
from .record import Record
from .record_kind import RecordKind
from .record_list import RecordList
from .refused import Refused
from .removed_module import RemovedModule
from .replays import Replays
from .resource import Resource
from .resource_list import ResourceList
from .resource_value import ResourceValue
from .revision_diff import RevisionDiff
from .revision_entry import RevisionEntry
from .revision_list import RevisionList
from .role import Role
from .rolling_action import RollingAction
from .rolling_request import RollingRequest
from .script_log import ScriptLog
from .script_log_list import ScriptLogList
from .script_traffic import ScriptTraffic
from .secret_state import SecretState
from .secret_step import SecretStep
from .session import Session
from .severity import Severity
from .share import Share
from .step_state import StepState
from .template import Template
from .template_list import TemplateList
from .template_macro import TemplateMacro
from .unreachable_node import UnreachableNode
from .upgrade import Upgrade
from .upgrade_state import UpgradeState
from .user import User
from .user_list import UserList
from .user_record import UserRecord
from .user_settings import UserSettings
from .version import Version
from .webhook import Webhook
from .webhook_answer import WebhookAnswer
from .webhook_at_node import WebhookAtNode
from .webhook_deliveries import WebhookDeliveries
from .webhook_event import WebhookEvent
from .webhook_list import WebhookList
from .webhook_on_node import WebhookOnNode
from .webhook_record import WebhookRecord
from .webhook_rotation import WebhookRotation
from .webhook_settings import WebhookSettings
from .webhook_status import WebhookStatus
from .webhook_trial import WebhookTrial
from .who_am_i import WhoAmI

__all__ = (
    "Accepted",
    "Answers",
    "ApiKey",
    "ApiKeyList",
    "ApiKeyRotation",
    "ApiKeySettings",
    "Applied",
    "Assignment",
    "AuditEntry",
    "AuditTrail",
    "Authority",
    "AutomaticActions",
    "Backend",
    "BootSetting",
    "BootSwitch",
    "BucketMove",
    "BucketRun",
    "BucketState",
    "CertificateAtNode",
    "CertificateList",
    "CheckSwitches",
    "CheckSwitchesClasses",
    "Cluster",
    "ClusterChange",
    "ClusterChanged",
    "ClusterFile",
    "ClusterNode",
    "ClusterState",
    "ConfigProblem",
    "ConfigureResult",
    "Credentials",
    "CutRequest",
    "CutWay",
    "Detector",
    "Drain",
    "EntryMode",
    "EventKind",
    "Fault",
    "FaultKind",
    "FaultList",
    "FeedEvent",
    "FlowAction",
    "FlowOwner",
    "FlowVerdict",
    "FormerApiKey",
    "FormerSealed",
    "FormerWebhookSecret",
    "FreezeRequest",
    "GetModuleLogLevel",
    "GoneLan",
    "GoneNode",
    "GroupBuckets",
    "GroupShares",
    "GroupStatus",
    "Hashed",
    "Health",
    "JoinAnswer",
    "JoinRequest",
    "Lan",
    "LanAddress",
    "LanMember",
    "LogEntry",
    "LogLevel",
    "LogMessage",
    "MadeApiKey",
    "MadeJoinToken",
    "MadeWebhook",
    "Module",
    "ModuleBoot",
    "ModuleBuckets",
    "ModuleChecks",
    "ModuleChecksClasses",
    "ModuleConfiguration",
    "ModuleConfigurationJson",
    "ModuleConfigurationJsonConfiguration",
    "ModuleConfigurationJsonMacros",
    "ModuleConfigurationJsonScripts",
    "ModuleConfigurationMacros",
    "ModuleConfigurationScripts",
    "ModuleEntry",
    "ModuleInterface",
    "ModuleJson",
    "ModuleJsonConfiguration",
    "ModuleJsonMacros",
    "ModuleJsonScripts",
    "ModuleList",
    "ModuleLog",
    "ModuleOnNode",
    "ModulePhase",
    "ModuleReady",
    "ModuleSettings",
    "ModuleSettingsMacros",
    "ModuleSettingsScripts",
    "ModuleStatus",
    "ModuleStatusCounters",
    "ModuleSummary",
    "NewApiKey",
    "NewJoinToken",
    "NewLan",
    "NewModule",
    "NewModuleMacros",
    "NewNode",
    "NewUser",
    "NextAuthority",
    "NextSecret",
    "NodeAddress",
    "NodeCause",
    "NodeCertificate",
    "NodeEntry",
    "NodeList",
    "NodeModule",
    "NodeModuleList",
    "NodePower",
    "NodeResult",
    "NodeResults",
    "NodeSelection",
    "NodeShare",
    "NodeStatus",
    "NodeWebhook",
    "NodeWebhookTrial",
    "Operation",
    "OperationList",
    "OperationState",
    "OperationStep",
    "PartChange",
    "PartDiff",
    "Peer",
    "PeerLan",
    "Phase",
    "Probed",
    "Problem",
    "ProblemType",
    "Protocol",
    "Readiness",
    "Record",
    "RecordKind",
    "RecordList",
    "Refused",
    "RemovedModule",
    "Replays",
    "Resource",
    "ResourceList",
    "ResourceValue",
    "RevisionDiff",
    "RevisionEntry",
    "RevisionList",
    "Role",
    "RollingAction",
    "RollingRequest",
    "ScriptLog",
    "ScriptLogList",
    "ScriptTraffic",
    "SecretState",
    "SecretStep",
    "Session",
    "Severity",
    "Share",
    "StepState",
    "Template",
    "TemplateList",
    "TemplateMacro",
    "UnreachableNode",
    "Upgrade",
    "UpgradeState",
    "User",
    "UserList",
    "UserRecord",
    "UserSettings",
    "Version",
    "Webhook",
    "WebhookAnswer",
    "WebhookAtNode",
    "WebhookDeliveries",
    "WebhookEvent",
    "WebhookList",
    "WebhookOnNode",
    "WebhookRecord",
    "WebhookRotation",
    "WebhookSettings",
    "WebhookStatus",
    "WebhookTrial",
    "WhoAmI",
)
