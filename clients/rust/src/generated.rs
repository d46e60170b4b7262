//! Generated from the OpenAPI document; not edited by hand.

#[allow(unused_imports)]
pub use progenitor_client::{ByteStream, ClientInfo, Error, ResponseValue};
#[allow(unused_imports)]
use progenitor_client::{encode_path, ClientHooks, OperationInfo, RequestBuilderExt};
/// Types used as operation parameters and responses.
#[allow(clippy::all)]
pub mod types {
    ///The node took it; its effects follow by themselves.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Accepted {
        /**The node's status generation right after it was taken: a status with this generation or a
later one shows it.*/
        pub generation: u64,
    }
    impl Accepted {
        pub fn builder() -> builder::Accepted {
            Default::default()
        }
    }
    ///A user or an API key as a node has it, or its removal.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    #[serde(deny_unknown_fields)]
    pub struct Account {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub api_key: ::std::option::Option<ApiKeySettings>,
        ///When it was changed.
        pub changed_at: ::std::string::String,
        pub kind: AccountKind,
        ///The name: 1 to 64 letters, digits, `.`, `_`, `-` and `@`, a letter or digit first.
        pub name: ::std::string::String,
        ///Whether the change was its removal.
        pub removed: bool,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub user: ::std::option::Option<UserRecord>,
        /**Counts the changes, from 1. Of two versions the higher is in force on every node, of equal ones that
which was changed later.*/
        pub version: ::std::num::NonZeroU64,
    }
    impl Account {
        pub fn builder() -> builder::Account {
            Default::default()
        }
    }
    ///What logs in.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum AccountKind {
        #[serde(rename = "user")]
        User,
        #[serde(rename = "api-key")]
        ApiKey,
    }
    impl ::std::fmt::Display for AccountKind {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::User => f.write_str("user"),
                Self::ApiKey => f.write_str("api-key"),
            }
        }
    }
    impl ::std::str::FromStr for AccountKind {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "user" => Ok(Self::User),
                "api-key" => Ok(Self::ApiKey),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for AccountKind {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for AccountKind {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///The users and API keys of a node, and those that were removed.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct AccountList {
        ///By kind and name.
        pub accounts: ::std::vec::Vec<Account>,
    }
    impl AccountList {
        pub fn builder() -> builder::AccountList {
            Default::default()
        }
    }
    ///Whom a node answers that asks for a virtual address.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum Answers {
        #[serde(rename = "nobody")]
        Nobody,
        #[serde(rename = "everybody")]
        Everybody,
        #[serde(rename = "share")]
        Share,
    }
    impl ::std::fmt::Display for Answers {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Nobody => f.write_str("nobody"),
                Self::Everybody => f.write_str("everybody"),
                Self::Share => f.write_str("share"),
            }
        }
    }
    impl ::std::str::FromStr for Answers {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "nobody" => Ok(Self::Nobody),
                "everybody" => Ok(Self::Everybody),
                "share" => Ok(Self::Share),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for Answers {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for Answers {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///A key, without the key itself: that is shown once, when it is made.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct ApiKey {
        ///When the key was made, or replaced the former one.
        pub created_at: ::std::string::String,
        ///By whom.
        pub created_by: ::std::string::String,
        ///When it expires.
        pub expires_at: ::std::string::String,
        ///Until when the key that it replaced is good too.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub former_until: ::std::option::Option<::std::string::String>,
        ///Only to these modules; absent: to all.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub modules: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
        ///The name.
        pub name: ::std::string::String,
        pub role: Role,
    }
    impl ApiKey {
        pub fn builder() -> builder::ApiKey {
            Default::default()
        }
    }
    ///The keys that the answering node knows.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct ApiKeyList {
        ///By name.
        pub api_keys: ::std::vec::Vec<ApiKey>,
    }
    impl ApiKeyList {
        pub fn builder() -> builder::ApiKeyList {
            Default::default()
        }
    }
    ///How a key is replaced.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default)]
    #[serde(deny_unknown_fields)]
    pub struct ApiKeyRotation {
        ///Seconds for which the former key is good too, up to 30 days; an hour when absent.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub overlap_s: ::std::option::Option<u32>,
        ///Days until the new key expires, 1 to 366; 90 when absent.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub valid_for_days: ::std::option::Option<::std::num::NonZeroU32>,
    }
    impl ApiKeyRotation {
        pub fn builder() -> builder::ApiKeyRotation {
            Default::default()
        }
    }
    ///A key as a node keeps it.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    #[serde(deny_unknown_fields)]
    pub struct ApiKeySettings {
        ///When the key was made.
        pub created_at: ::std::string::String,
        ///By whom.
        pub created_by: ::std::string::String,
        ///SHA-256 of the key: 64 hexadecimal digits in lower case.
        pub digest: ::std::string::String,
        ///When it expires, in seconds since 1970.
        pub expires_at_s: u64,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub former: ::std::option::Option<FormerApiKey>,
        ///Only to these modules; absent: to all.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub modules: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
        pub role: Role,
    }
    impl ApiKeySettings {
        pub fn builder() -> builder::ApiKeySettings {
            Default::default()
        }
    }
    ///A configuration was checked, or applied, on one node.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Applied {
        ///The node's status generation.
        pub generation: u64,
        ///The revision that this node has.
        pub revision: u64,
        ///SHA-256 of the configuration file, the macros and the scripts.
        pub signature: ::std::string::String,
        ///What is worth knowing about the configuration.
        pub warnings: ::std::vec::Vec<ConfigProblem>,
    }
    impl Applied {
        pub fn builder() -> builder::Applied {
            Default::default()
        }
    }
    ///A value that a resource had, and where it came from.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Assignment {
        ///Who set it.
        pub by: ::std::string::String,
        ///Why, where it is known.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub reason: ::std::option::Option<::std::string::String>,
        ///Since when it had this value, by this node's clock.
        pub since: ::std::string::String,
        ///The value.
        pub value: ::std::string::String,
    }
    impl Assignment {
        pub fn builder() -> builder::Assignment {
            Default::default()
        }
    }
    ///One entry of the audit trail.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct AuditEntry {
        ///When.
        pub at: ::std::string::String,
        ///Who: the user's name, as given at login where that failed.
        pub caller: ::std::string::String,
        ///Grows with each entry of this node.
        pub id: u64,
        ///The operation's id in the API document.
        pub operation: ::std::string::String,
        ///`accepted`, or the type of the problem.
        pub outcome: ::std::string::String,
        ///What it was done to.
        pub target: ::std::string::String,
    }
    impl AuditEntry {
        pub fn builder() -> builder::AuditEntry {
            Default::default()
        }
    }
    ///The newest entries of a node's audit trail.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct AuditTrail {
        ///Oldest first.
        pub entries: ::std::vec::Vec<AuditEntry>,
    }
    impl AuditTrail {
        pub fn builder() -> builder::AuditTrail {
            Default::default()
        }
    }
    ///Whom to trust: the authority that signed the certificates of all nodes of this cluster.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Authority {
        ///Its certificate, PEM.
        pub certificate: ::std::string::String,
        /**SHA-256 of the certificate, as `evenkeel init` prints it. Compare your own hash of the certificate with
what you got from `init`: this field is as little proved as the rest of the answer.*/
        pub fingerprint: ::std::string::String,
    }
    impl Authority {
        pub fn builder() -> builder::Authority {
            Default::default()
        }
    }
    ///The automatic actions of a module, which `maxloop` limits.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct AutomaticActions {
        ///How many there were within the interval.
        pub count: u32,
        ///The interval in seconds, from the first of them on; 0: there is no limit.
        pub interval_s: u64,
        ///How many there may be; the next one stops the module.
        pub max: u32,
    }
    impl AutomaticActions {
        pub fn builder() -> builder::AutomaticActions {
            Default::default()
        }
    }
    ///What puts decisions in force where packets pass.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Backend {
        ///Where it hooks in: `tcx`, `clsact`, …
        pub hook: ::std::string::String,
        ///`ebpf`, `nfqueue` or `memory`.
        pub name: ::std::string::String,
        ///Why this one.
        pub why: ::std::string::String,
    }
    impl Backend {
        pub fn builder() -> builder::Backend {
            Default::default()
        }
    }
    ///`<service boot>` of a module.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum BootSetting {
        #[serde(rename = "on")]
        On,
        #[serde(rename = "off")]
        Off,
        #[serde(rename = "auto")]
        Auto,
        #[serde(rename = "ignore")]
        Ignore,
    }
    impl ::std::fmt::Display for BootSetting {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::On => f.write_str("on"),
                Self::Off => f.write_str("off"),
                Self::Auto => f.write_str("auto"),
                Self::Ignore => f.write_str("ignore"),
            }
        }
    }
    impl ::std::str::FromStr for BootSetting {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "on" => Ok(Self::On),
                "off" => Ok(Self::Off),
                "auto" => Ok(Self::Auto),
                "ignore" => Ok(Self::Ignore),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for BootSetting {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for BootSetting {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///How the switch of a module is to be.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    #[serde(deny_unknown_fields)]
    pub struct BootSwitch {
        ///True: the module starts with the machine where its setting is `ignore`.
        pub enabled: bool,
    }
    impl BootSwitch {
        pub fn builder() -> builder::BootSwitch {
            Default::default()
        }
    }
    ///Buckets in a row that have owner and state in common.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct BucketRun {
        ///How many there are, 1 to 4096.
        pub count: u16,
        ///The number of the first one, 0 to 4095.
        pub first: u16,
        ///Flows opened in them on this node since it opened its traffic, where asked for.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub flows_opened: ::std::option::Option<u64>,
        ///The owner's name; absent: nobody's.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub owner: ::std::option::Option<::std::string::String>,
        ///Who owned them before and may still hold connections of them (`migrating`).
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub previous_owner: ::std::option::Option<::std::string::String>,
        pub state: BucketState,
    }
    impl BucketRun {
        pub fn builder() -> builder::BucketRun {
            Default::default()
        }
    }
    ///The state of a bucket where packets pass on a node.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum BucketState {
        #[serde(rename = "mine")]
        Mine,
        #[serde(rename = "migrating")]
        Migrating,
        #[serde(rename = "foreign")]
        Foreign,
        #[serde(rename = "foreign_held")]
        ForeignHeld,
        #[serde(rename = "closed")]
        Closed,
    }
    impl ::std::fmt::Display for BucketState {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Mine => f.write_str("mine"),
                Self::Migrating => f.write_str("migrating"),
                Self::Foreign => f.write_str("foreign"),
                Self::ForeignHeld => f.write_str("foreign_held"),
                Self::Closed => f.write_str("closed"),
            }
        }
    }
    impl ::std::str::FromStr for BucketState {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "mine" => Ok(Self::Mine),
                "migrating" => Ok(Self::Migrating),
                "foreign" => Ok(Self::Foreign),
                "foreign_held" => Ok(Self::ForeignHeld),
                "closed" => Ok(Self::Closed),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for BucketState {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for BucketState {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///`CancelOperationIdempotencyKey`
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct CancelOperationIdempotencyKey(::std::string::String);
    impl ::std::ops::Deref for CancelOperationIdempotencyKey {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<CancelOperationIdempotencyKey> for ::std::string::String {
        fn from(value: CancelOperationIdempotencyKey) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for CancelOperationIdempotencyKey {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 128usize {
                return Err("longer than 128 characters".into());
            }
            if value.chars().count() < 1usize {
                return Err("shorter than 1 characters".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for CancelOperationIdempotencyKey {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String>
    for CancelOperationIdempotencyKey {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for CancelOperationIdempotencyKey {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///The cluster as the answering node sees it.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Cluster {
        ///The node that answers.
        pub answered_by: ::std::string::String,
        ///UDP port of the heartbeats.
        pub heartbeat_port: u16,
        ///The networks on which the nodes hear each other.
        pub lans: ::std::vec::Vec<Lan>,
        ///In the order of their numbers.
        pub nodes: ::std::vec::Vec<ClusterNode>,
    }
    impl Cluster {
        pub fn builder() -> builder::Cluster {
            Default::default()
        }
    }
    ///A node of the cluster.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct ClusterNode {
        ///Its addresses.
        pub addresses: ::std::vec::Vec<NodeAddress>,
        ///Whether the answering node hears it; itself always.
        pub alive: bool,
        ///Its number, 0 to 63.
        pub id: u8,
        ///Its name.
        pub name: ::std::string::String,
    }
    impl ClusterNode {
        pub fn builder() -> builder::ClusterNode {
            Default::default()
        }
    }
    ///One thing wrong with, or worth knowing about, a configuration.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct ConfigProblem {
        ///Column in characters, from 1; 0 where there are no lines.
        pub column: u32,
        ///Line, from 1; 0 where there are no lines.
        pub line: u32,
        ///What is wrong and what would be right.
        pub message: ::std::string::String,
        /**Element and attribute, as in `service.farm.lan@name`; empty for the file as a whole. Of a package
it is the entry, as in `bin/start_both`, with the place in the configuration file behind it, as in
`conf/userconfig.xml: service.farm.lan@name`.*/
        pub path: ::std::string::String,
        pub severity: Severity,
    }
    impl ConfigProblem {
        pub fn builder() -> builder::ConfigProblem {
            Default::default()
        }
    }
    ///A configuration was checked, or applied.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct ConfigureResult {
        ///Whether every node has the revision (`dry_run`: would take it).
        pub complete: bool,
        ///True: nothing was changed.
        pub dry_run: bool,
        ///The nodes that lack the revision. Repeat the request once they are back.
        pub missing: ::std::vec::Vec<::std::string::String>,
        ///The module.
        pub module: ::std::string::String,
        ///One per node of the cluster.
        pub nodes: ::std::vec::Vec<NodeResult>,
        ///The revision, the same on all nodes. An unchanged configuration keeps its revision.
        pub revision: u64,
        ///SHA-256 of the configuration file, the macros and the scripts.
        pub signature: ::std::string::String,
        ///What is worth knowing about the configuration.
        pub warnings: ::std::vec::Vec<ConfigProblem>,
    }
    impl ConfigureResult {
        pub fn builder() -> builder::ConfigureResult {
            Default::default()
        }
    }
    ///`CreateApiKeyIdempotencyKey`
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct CreateApiKeyIdempotencyKey(::std::string::String);
    impl ::std::ops::Deref for CreateApiKeyIdempotencyKey {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<CreateApiKeyIdempotencyKey> for ::std::string::String {
        fn from(value: CreateApiKeyIdempotencyKey) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for CreateApiKeyIdempotencyKey {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 128usize {
                return Err("longer than 128 characters".into());
            }
            if value.chars().count() < 1usize {
                return Err("shorter than 1 characters".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for CreateApiKeyIdempotencyKey {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for CreateApiKeyIdempotencyKey {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for CreateApiKeyIdempotencyKey {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///`CreateModuleIdempotencyKey`
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct CreateModuleIdempotencyKey(::std::string::String);
    impl ::std::ops::Deref for CreateModuleIdempotencyKey {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<CreateModuleIdempotencyKey> for ::std::string::String {
        fn from(value: CreateModuleIdempotencyKey) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for CreateModuleIdempotencyKey {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 128usize {
                return Err("longer than 128 characters".into());
            }
            if value.chars().count() < 1usize {
                return Err("shorter than 1 characters".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for CreateModuleIdempotencyKey {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for CreateModuleIdempotencyKey {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for CreateModuleIdempotencyKey {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///`CreateUserIdempotencyKey`
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct CreateUserIdempotencyKey(::std::string::String);
    impl ::std::ops::Deref for CreateUserIdempotencyKey {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<CreateUserIdempotencyKey> for ::std::string::String {
        fn from(value: CreateUserIdempotencyKey) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for CreateUserIdempotencyKey {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 128usize {
                return Err("longer than 128 characters".into());
            }
            if value.chars().count() < 1usize {
                return Err("shorter than 1 characters".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for CreateUserIdempotencyKey {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for CreateUserIdempotencyKey {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for CreateUserIdempotencyKey {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///Name and password.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    #[serde(deny_unknown_fields)]
    pub struct Credentials {
        ///The password.
        pub password: ::std::string::String,
        ///The user's name.
        pub user: ::std::string::String,
    }
    impl Credentials {
        pub fn builder() -> builder::Credentials {
            Default::default()
        }
    }
    ///How well a node can tell who is alive, and be told alive by others.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Detector {
        ///The kernel answers liveness probes on every LAN, however busy the machine is; else the daemon.
        pub kernel_answers: bool,
        ///Microseconds by which its timer fired late the last time.
        pub late_last_us: u64,
        ///The most in the last minute, in microseconds.
        pub late_max_us: u64,
        pub probed: Probed,
        /**How the machine schedules the thread that sends heartbeats: `fifo` (in real time), `nice`
(before most) or `ordinary` (a busy machine holds it up).*/
        pub scheduling: ::std::string::String,
        ///Why, in a sentence.
        pub why: ::std::string::String,
    }
    impl Detector {
        pub fn builder() -> builder::Detector {
            Default::default()
        }
    }
    ///How far a node is with giving its share of a module's traffic away.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum Drain {
        #[serde(rename = "draining")]
        Draining,
        #[serde(rename = "drained")]
        Drained,
    }
    impl ::std::fmt::Display for Drain {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Draining => f.write_str("draining"),
                Self::Drained => f.write_str("drained"),
            }
        }
    }
    impl ::std::str::FromStr for Drain {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "draining" => Ok(Self::Draining),
                "drained" => Ok(Self::Drained),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for Drain {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for Drain {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///`DrainModuleIdempotencyKey`
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct DrainModuleIdempotencyKey(::std::string::String);
    impl ::std::ops::Deref for DrainModuleIdempotencyKey {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<DrainModuleIdempotencyKey> for ::std::string::String {
        fn from(value: DrainModuleIdempotencyKey) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for DrainModuleIdempotencyKey {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 128usize {
                return Err("longer than 128 characters".into());
            }
            if value.chars().count() < 1usize {
                return Err("shorter than 1 characters".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for DrainModuleIdempotencyKey {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for DrainModuleIdempotencyKey {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for DrainModuleIdempotencyKey {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///`DrainModuleOnNodeIdempotencyKey`
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct DrainModuleOnNodeIdempotencyKey(::std::string::String);
    impl ::std::ops::Deref for DrainModuleOnNodeIdempotencyKey {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<DrainModuleOnNodeIdempotencyKey>
    for ::std::string::String {
        fn from(value: DrainModuleOnNodeIdempotencyKey) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for DrainModuleOnNodeIdempotencyKey {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 128usize {
                return Err("longer than 128 characters".into());
            }
            if value.chars().count() < 1usize {
                return Err("shorter than 1 characters".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for DrainModuleOnNodeIdempotencyKey {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String>
    for DrainModuleOnNodeIdempotencyKey {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for DrainModuleOnNodeIdempotencyKey {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///`DrainModuleOnNodeIdentity`
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct DrainModuleOnNodeIdentity(::std::string::String);
    impl ::std::ops::Deref for DrainModuleOnNodeIdentity {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<DrainModuleOnNodeIdentity> for ::std::string::String {
        fn from(value: DrainModuleOnNodeIdentity) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for DrainModuleOnNodeIdentity {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 64usize {
                return Err("longer than 64 characters".into());
            }
            if value.chars().count() < 1usize {
                return Err("shorter than 1 characters".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for DrainModuleOnNodeIdentity {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for DrainModuleOnNodeIdentity {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for DrainModuleOnNodeIdentity {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///How packets for a virtual address reach the nodes.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum EntryMode {
        #[serde(rename = "vmac_directed")]
        VmacDirected,
        #[serde(rename = "vmac_invisible")]
        VmacInvisible,
    }
    impl ::std::fmt::Display for EntryMode {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::VmacDirected => f.write_str("vmac_directed"),
                Self::VmacInvisible => f.write_str("vmac_invisible"),
            }
        }
    }
    impl ::std::str::FromStr for EntryMode {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "vmac_directed" => Ok(Self::VmacDirected),
                "vmac_invisible" => Ok(Self::VmacInvisible),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for EntryMode {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for EntryMode {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///What can happen.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum EventKind {
        #[serde(rename = "stream_opened")]
        StreamOpened,
        #[serde(rename = "events_lost")]
        EventsLost,
        #[serde(rename = "node_unreachable")]
        NodeUnreachable,
        #[serde(rename = "action_called")]
        ActionCalled,
        #[serde(rename = "rule_acted")]
        RuleActed,
        #[serde(rename = "resource_set")]
        ResourceSet,
        #[serde(rename = "process_failed")]
        ProcessFailed,
        #[serde(rename = "starts_again")]
        StartsAgain,
        #[serde(rename = "starts_at_boot")]
        StartsAtBoot,
        #[serde(rename = "state_changed")]
        StateChanged,
        #[serde(rename = "script_started")]
        ScriptStarted,
        #[serde(rename = "script_ended")]
        ScriptEnded,
        #[serde(rename = "view_changed")]
        ViewChanged,
        #[serde(rename = "share_opened")]
        ShareOpened,
        #[serde(rename = "drained")]
        Drained,
        #[serde(rename = "peer_heard")]
        PeerHeard,
        #[serde(rename = "peer_lost")]
        PeerLost,
        #[serde(rename = "nothing_received")]
        NothingReceived,
        #[serde(rename = "isolated")]
        Isolated,
        #[serde(rename = "message_written")]
        MessageWritten,
        #[serde(rename = "virtual_ip_set")]
        VirtualIpSet,
        #[serde(rename = "traffic_failed")]
        TrafficFailed,
    }
    impl ::std::fmt::Display for EventKind {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::StreamOpened => f.write_str("stream_opened"),
                Self::EventsLost => f.write_str("events_lost"),
                Self::NodeUnreachable => f.write_str("node_unreachable"),
                Self::ActionCalled => f.write_str("action_called"),
                Self::RuleActed => f.write_str("rule_acted"),
                Self::ResourceSet => f.write_str("resource_set"),
                Self::ProcessFailed => f.write_str("process_failed"),
                Self::StartsAgain => f.write_str("starts_again"),
                Self::StartsAtBoot => f.write_str("starts_at_boot"),
                Self::StateChanged => f.write_str("state_changed"),
                Self::ScriptStarted => f.write_str("script_started"),
                Self::ScriptEnded => f.write_str("script_ended"),
                Self::ViewChanged => f.write_str("view_changed"),
                Self::ShareOpened => f.write_str("share_opened"),
                Self::Drained => f.write_str("drained"),
                Self::PeerHeard => f.write_str("peer_heard"),
                Self::PeerLost => f.write_str("peer_lost"),
                Self::NothingReceived => f.write_str("nothing_received"),
                Self::Isolated => f.write_str("isolated"),
                Self::MessageWritten => f.write_str("message_written"),
                Self::VirtualIpSet => f.write_str("virtual_ip_set"),
                Self::TrafficFailed => f.write_str("traffic_failed"),
            }
        }
    }
    impl ::std::str::FromStr for EventKind {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "stream_opened" => Ok(Self::StreamOpened),
                "events_lost" => Ok(Self::EventsLost),
                "node_unreachable" => Ok(Self::NodeUnreachable),
                "action_called" => Ok(Self::ActionCalled),
                "rule_acted" => Ok(Self::RuleActed),
                "resource_set" => Ok(Self::ResourceSet),
                "process_failed" => Ok(Self::ProcessFailed),
                "starts_again" => Ok(Self::StartsAgain),
                "starts_at_boot" => Ok(Self::StartsAtBoot),
                "state_changed" => Ok(Self::StateChanged),
                "script_started" => Ok(Self::ScriptStarted),
                "script_ended" => Ok(Self::ScriptEnded),
                "view_changed" => Ok(Self::ViewChanged),
                "share_opened" => Ok(Self::ShareOpened),
                "drained" => Ok(Self::Drained),
                "peer_heard" => Ok(Self::PeerHeard),
                "peer_lost" => Ok(Self::PeerLost),
                "nothing_received" => Ok(Self::NothingReceived),
                "isolated" => Ok(Self::Isolated),
                "message_written" => Ok(Self::MessageWritten),
                "virtual_ip_set" => Ok(Self::VirtualIpSet),
                "traffic_failed" => Ok(Self::TrafficFailed),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for EventKind {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for EventKind {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///Something happened on a node. Which fields there are beside those of every event depends on its kind.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct FeedEvent {
        ///The action (`action_called`, `rule_acted`).
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub action: ::std::option::Option<::std::string::String>,
        ///When, by the node's clock.
        pub at: ::std::string::String,
        ///Who asked for it or set it (`action_called`, `resource_set`).
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub by: ::std::option::Option<::std::string::String>,
        ///The epoch in force (`view_changed`, `share_opened`).
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub epoch: ::std::option::Option<::std::string::String>,
        ///Where to go on from after this event: `after` or `Last-Event-ID`.
        pub id: ::std::string::String,
        pub kind: EventKind,
        pub level: LogLevel,
        ///The farm's members (`view_changed`).
        #[serde(default, skip_serializing_if = "::std::vec::Vec::is_empty")]
        pub members: ::std::vec::Vec<::std::string::String>,
        ///In words, as in the module's log.
        pub message: ::std::string::String,
        ///The module; absent where it is about the node or its peers.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub module: ::std::option::Option<::std::string::String>,
        ///The node's name.
        pub node: ::std::string::String,
        ///The other node (`peer_heard`, `peer_lost`).
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub peer: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub phase: ::std::option::Option<Phase>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub readiness: ::std::option::Option<Readiness>,
        ///The resource (`resource_set`).
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub resource: ::std::option::Option<::std::string::String>,
        ///The failover rule (`rule_acted`).
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub rule: ::std::option::Option<::std::string::String>,
        ///The script (`script_started`, `script_ended`).
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub script: ::std::option::Option<::std::string::String>,
        ///Its value (`resource_set`).
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub value: ::std::option::Option<::std::string::String>,
    }
    impl FeedEvent {
        pub fn builder() -> builder::FeedEvent {
            Default::default()
        }
    }
    ///What a node does with a packet.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum FlowAction {
        #[serde(rename = "accept")]
        Accept,
        #[serde(rename = "forward")]
        Forward,
        #[serde(rename = "drop")]
        Drop,
        #[serde(rename = "answer")]
        Answer,
    }
    impl ::std::fmt::Display for FlowAction {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Accept => f.write_str("accept"),
                Self::Forward => f.write_str("forward"),
                Self::Drop => f.write_str("drop"),
                Self::Answer => f.write_str("answer"),
            }
        }
    }
    impl ::std::str::FromStr for FlowAction {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "accept" => Ok(Self::Accept),
                "forward" => Ok(Self::Forward),
                "drop" => Ok(Self::Drop),
                "answer" => Ok(Self::Answer),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for FlowAction {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for FlowAction {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///Which node a flow belongs to, what a node does with its packets, and why.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct FlowOwner {
        ///The bucket that it falls into, 0 to 4095.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub bucket: ::std::option::Option<u16>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub continues: ::std::option::Option<FlowVerdict>,
        ///The group whose rule takes the flow; absent: no rule takes it.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub group: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub hashed: ::std::option::Option<Hashed>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub opens: ::std::option::Option<FlowVerdict>,
        ///The owner's name; absent: nobody's, packets are dropped.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub owner: ::std::option::Option<::std::string::String>,
        ///Who owned the bucket before and may still hold its connections (`migrating`).
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub previous_owner: ::std::option::Option<::std::string::String>,
        ///The rule that takes it: protocol, ports, what is hashed.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub rule: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub state: ::std::option::Option<BucketState>,
        ///The same in a sentence.
        pub why: ::std::string::String,
    }
    impl FlowOwner {
        pub fn builder() -> builder::FlowOwner {
            Default::default()
        }
    }
    ///What a node does with a packet.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct FlowVerdict {
        pub action: FlowAction,
        ///Why: the name of the counter that such a packet counts in.
        pub reason: ::std::string::String,
        ///To whom it is forwarded.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub to: ::std::option::Option<::std::string::String>,
    }
    impl FlowVerdict {
        pub fn builder() -> builder::FlowVerdict {
            Default::default()
        }
    }
    ///How much a module's log tells.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum FollowEventsLevel {
        #[serde(rename = "normal")]
        Normal,
        #[serde(rename = "verbose")]
        Verbose,
    }
    impl ::std::fmt::Display for FollowEventsLevel {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Normal => f.write_str("normal"),
                Self::Verbose => f.write_str("verbose"),
            }
        }
    }
    impl ::std::str::FromStr for FollowEventsLevel {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "normal" => Ok(Self::Normal),
                "verbose" => Ok(Self::Verbose),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for FollowEventsLevel {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for FollowEventsLevel {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///How much a module's log tells.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum FollowNodeEventsLevel {
        #[serde(rename = "normal")]
        Normal,
        #[serde(rename = "verbose")]
        Verbose,
    }
    impl ::std::fmt::Display for FollowNodeEventsLevel {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Normal => f.write_str("normal"),
                Self::Verbose => f.write_str("verbose"),
            }
        }
    }
    impl ::std::str::FromStr for FollowNodeEventsLevel {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "normal" => Ok(Self::Normal),
                "verbose" => Ok(Self::Verbose),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for FollowNodeEventsLevel {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for FollowNodeEventsLevel {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///A key that was replaced and is good for a while.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    #[serde(deny_unknown_fields)]
    pub struct FormerApiKey {
        ///SHA-256 of the key: 64 hexadecimal digits in lower case.
        pub digest: ::std::string::String,
        ///Until when it is good, in seconds since 1970.
        pub until_s: u64,
    }
    impl FormerApiKey {
        pub fn builder() -> builder::FormerApiKey {
            Default::default()
        }
    }
    ///How much a module's log tells.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum GetModuleLogLevel {
        #[serde(rename = "normal")]
        Normal,
        #[serde(rename = "verbose")]
        Verbose,
    }
    impl ::std::fmt::Display for GetModuleLogLevel {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Normal => f.write_str("normal"),
                Self::Verbose => f.write_str("verbose"),
            }
        }
    }
    impl ::std::str::FromStr for GetModuleLogLevel {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "normal" => Ok(Self::Normal),
                "verbose" => Ok(Self::Verbose),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for GetModuleLogLevel {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for GetModuleLogLevel {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///The buckets of a group.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct GroupBuckets {
        ///Its name.
        pub name: ::std::string::String,
        ///Neighbouring buckets of the same owner and state, in order; together they are all 4096.
        pub runs: ::std::vec::Vec<BucketRun>,
    }
    impl GroupBuckets {
        pub fn builder() -> builder::GroupBuckets {
            Default::default()
        }
    }
    ///How a group's traffic is shared: as configured, and as measured.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct GroupShares {
        ///Flows opened on all nodes that are counted, on each since it opened its traffic.
        pub flows_opened: u64,
        /**The nodes whose flows are not counted, because their state could not be had; `nodes` of the
module says why.*/
        pub missing: ::std::vec::Vec<::std::string::String>,
        ///Its name.
        pub name: ::std::string::String,
        ///The share of each node of the cluster, in its order.
        pub nodes: ::std::vec::Vec<NodeShare>,
    }
    impl GroupShares {
        pub fn builder() -> builder::GroupShares {
            Default::default()
        }
    }
    ///Who has which part of a group's traffic, as seen from one node.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct GroupStatus {
        ///Flows opened here since this node opened its traffic; zero while it is closed.
        pub flows_opened: u64,
        ///Connections that this node holds in buckets of others.
        pub held: u32,
        ///This node's buckets of which a previous owner may still hold connections.
        pub migrating: u32,
        ///Its name.
        pub name: ::std::string::String,
        ///The share of each member.
        pub nodes: ::std::vec::Vec<Share>,
        ///This node's buckets whose flows it may open.
        pub open: u32,
        ///The power of each node as configured, members or not.
        pub powers: ::std::vec::Vec<NodePower>,
    }
    impl GroupStatus {
        pub fn builder() -> builder::GroupStatus {
            Default::default()
        }
    }
    ///What of a packet is hashed into its bucket.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum Hashed {
        #[serde(rename = "address")]
        Address,
        #[serde(rename = "address_and_port")]
        AddressAndPort,
        #[serde(rename = "ip_id")]
        IpId,
    }
    impl ::std::fmt::Display for Hashed {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Address => f.write_str("address"),
                Self::AddressAndPort => f.write_str("address_and_port"),
                Self::IpId => f.write_str("ip_id"),
            }
        }
    }
    impl ::std::str::FromStr for Hashed {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "address" => Ok(Self::Address),
                "address_and_port" => Ok(Self::AddressAndPort),
                "ip_id" => Ok(Self::IpId),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for Hashed {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for Hashed {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///The daemon runs and answers.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Health {
        ///`ok` or `ready`, as was asked.
        pub status: ::std::string::String,
    }
    impl Health {
        pub fn builder() -> builder::Health {
            Default::default()
        }
    }
    ///A network that carries heartbeats.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Lan {
        ///Its name, which modules refer to.
        pub name: ::std::string::String,
        ///The nodes on it.
        pub nodes: ::std::vec::Vec<LanMember>,
    }
    impl Lan {
        pub fn builder() -> builder::Lan {
            Default::default()
        }
    }
    ///A node on a LAN.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct LanMember {
        ///Its address there.
        pub address: ::std::string::String,
        ///The node's name.
        pub node: ::std::string::String,
    }
    impl LanMember {
        pub fn builder() -> builder::LanMember {
            Default::default()
        }
    }
    ///A line of a module's log.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct LogEntry {
        ///When.
        pub at: ::std::string::String,
        ///Grows with each entry of this node.
        pub id: u64,
        pub level: LogLevel,
        ///What.
        pub message: ::std::string::String,
    }
    impl LogEntry {
        pub fn builder() -> builder::LogEntry {
            Default::default()
        }
    }
    ///How much a module's log tells.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum LogLevel {
        #[serde(rename = "normal")]
        Normal,
        #[serde(rename = "verbose")]
        Verbose,
    }
    impl ::std::fmt::Display for LogLevel {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Normal => f.write_str("normal"),
                Self::Verbose => f.write_str("verbose"),
            }
        }
    }
    impl ::std::str::FromStr for LogLevel {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "normal" => Ok(Self::Normal),
                "verbose" => Ok(Self::Verbose),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for LogLevel {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for LogLevel {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///A line for a module's log.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    #[serde(deny_unknown_fields)]
    pub struct LogMessage {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub level: ::std::option::Option<LogLevel>,
        ///What to say, in one line.
        pub message: LogMessageMessage,
    }
    impl LogMessage {
        pub fn builder() -> builder::LogMessage {
            Default::default()
        }
    }
    ///What to say, in one line.
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct LogMessageMessage(::std::string::String);
    impl ::std::ops::Deref for LogMessageMessage {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<LogMessageMessage> for ::std::string::String {
        fn from(value: LogMessageMessage) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for LogMessageMessage {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 1024usize {
                return Err("longer than 1024 characters".into());
            }
            if value.chars().count() < 1usize {
                return Err("shorter than 1 characters".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for LogMessageMessage {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for LogMessageMessage {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for LogMessageMessage {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///A key that was made, or that replaced another. The key is shown this once.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct MadeApiKey {
        pub api_key: ApiKey,
        ///Whether every node has it.
        pub complete: bool,
        ///The key: send it as `Authorization: Bearer <key>` to any node.
        pub key: ::std::string::String,
        ///One per node, in the order of the cluster.
        pub nodes: ::std::vec::Vec<NodeResult>,
    }
    impl MadeApiKey {
        pub fn builder() -> builder::MadeApiKey {
            Default::default()
        }
    }
    ///A module's state on all nodes.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Module {
        /**How the traffic is shared among the nodes, one per group in the order of the configuration;
empty for a module without traffic.*/
        pub groups: ::std::vec::Vec<GroupShares>,
        ///The module.
        pub module: ::std::string::String,
        ///In the order of the cluster.
        pub nodes: ::std::vec::Vec<ModuleEntry>,
    }
    impl Module {
        pub fn builder() -> builder::Module {
            Default::default()
        }
    }
    ///Whether a module starts with the machine of a node.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct ModuleBoot {
        ///The node's switch, which counts where the setting is `ignore`.
        pub enabled: bool,
        /**It starts by itself once its `boot_delay` has passed, or what its configuration needs is there;
a stop calls that off.*/
        pub pending: bool,
        pub setting: BootSetting,
        ///Whether it starts when the machine starts the next time, as things are.
        pub starts_at_next_boot: bool,
    }
    impl ModuleBoot {
        pub fn builder() -> builder::ModuleBoot {
            Default::default()
        }
    }
    ///Who owns the buckets of a module's groups, as seen from one node.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct ModuleBuckets {
        ///The epoch of the tables in force; absent before the first, when every bucket is closed.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub epoch: ::std::option::Option<::std::string::String>,
        ///The groups asked for, in the order of the configuration.
        pub groups: ::std::vec::Vec<GroupBuckets>,
        ///The module.
        pub module: ::std::string::String,
        ///The node's name.
        pub node: ::std::string::String,
    }
    impl ModuleBuckets {
        pub fn builder() -> builder::ModuleBuckets {
            Default::default()
        }
    }
    ///The configuration that a node has of a module.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct ModuleConfiguration {
        ///When this node got it.
        pub applied_at: ::std::string::String,
        ///Who gave it.
        pub applied_by: ::std::string::String,
        ///Values of macros.
        pub macros: ::std::collections::BTreeMap<
            ::std::string::String,
            ::std::string::String,
        >,
        ///The module.
        pub module: ::std::string::String,
        ///The revision.
        pub revision: u64,
        ///The scripts by name.
        pub scripts: ::std::collections::BTreeMap<
            ::std::string::String,
            ::std::string::String,
        >,
        ///SHA-256 of the configuration file, the macros and the scripts.
        pub signature: ::std::string::String,
        ///The text of `userconfig.xml`.
        pub userconfig: ::std::string::String,
    }
    impl ModuleConfiguration {
        pub fn builder() -> builder::ModuleConfiguration {
            Default::default()
        }
    }
    ///A module on one node: its state, or why it could not be had.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct ModuleEntry {
        ///The node's name.
        pub node: ::std::string::String,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub problem: ::std::option::Option<Problem>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub status: ::std::option::Option<ModuleStatus>,
    }
    impl ModuleEntry {
        pub fn builder() -> builder::ModuleEntry {
            Default::default()
        }
    }
    ///A network interface of a module on one node.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct ModuleInterface {
        pub answers: Answers,
        pub entry_mode: EntryMode,
        ///This node's own MAC address there.
        pub mac: ::std::string::String,
        ///Its name.
        pub name: ::std::string::String,
        ///The virtual addresses.
        pub virtual_addresses: ::std::vec::Vec<::std::string::String>,
        /**The MAC address that the virtual addresses resolve to in `vmac_invisible`; in
`vmac_directed` there is none.*/
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub virtual_mac: ::std::option::Option<::std::string::String>,
    }
    impl ModuleInterface {
        pub fn builder() -> builder::ModuleInterface {
            Default::default()
        }
    }
    ///The modules of the cluster.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct ModuleList {
        ///By name.
        pub modules: ::std::vec::Vec<ModuleSummary>,
        ///The nodes that did not answer.
        pub unreachable: ::std::vec::Vec<UnreachableNode>,
    }
    impl ModuleList {
        pub fn builder() -> builder::ModuleList {
            Default::default()
        }
    }
    ///The newest entries of a module's log on one node.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct ModuleLog {
        ///Oldest first.
        pub entries: ::std::vec::Vec<LogEntry>,
        ///The module.
        pub module: ::std::string::String,
        ///The node's name.
        pub node: ::std::string::String,
    }
    impl ModuleLog {
        pub fn builder() -> builder::ModuleLog {
            Default::default()
        }
    }
    ///A module's state and revision on one node.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct ModuleOnNode {
        ///When the node applied it.
        pub applied_at: ::std::string::String,
        ///The node's name.
        pub node: ::std::string::String,
        pub phase: Phase,
        pub readiness: Readiness,
        ///The revision of its configuration.
        pub revision: u64,
        ///SHA-256 of the configuration file, the macros and the scripts.
        pub signature: ::std::string::String,
    }
    impl ModuleOnNode {
        pub fn builder() -> builder::ModuleOnNode {
            Default::default()
        }
    }
    ///A module's state in a few words.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct ModulePhase {
        ///The module.
        pub module: ::std::string::String,
        pub phase: Phase,
        pub readiness: Readiness,
    }
    impl ModulePhase {
        pub fn builder() -> builder::ModulePhase {
            Default::default()
        }
    }
    ///A module serves on a node.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct ModuleReady {
        ///The module.
        pub module: ::std::string::String,
        ///The node that answers, where it is UP (Ready).
        pub node: ::std::string::String,
    }
    impl ModuleReady {
        pub fn builder() -> builder::ModuleReady {
            Default::default()
        }
    }
    ///A module's configuration as given.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    #[serde(deny_unknown_fields)]
    pub struct ModuleSettings {
        ///Values of macros; they replace those that the file defines itself.
        #[serde(
            default,
            skip_serializing_if = ":: std :: collections :: BTreeMap::is_empty"
        )]
        pub macros: ::std::collections::BTreeMap<
            ::std::string::String,
            ::std::string::String,
        >,
        /**The scripts by name: `prestart`, `start_both`, `stop_both`, `poststop`, and programs that the
configuration or a script calls, such as custom checkers; 64 at the most. What is absent the
module does not have.*/
        #[serde(
            default,
            skip_serializing_if = ":: std :: collections :: BTreeMap::is_empty"
        )]
        pub scripts: ::std::collections::BTreeMap<
            ::std::string::String,
            ::std::string::String,
        >,
        ///The text of `userconfig.xml`.
        pub userconfig: ::std::string::String,
    }
    impl ModuleSettings {
        pub fn builder() -> builder::ModuleSettings {
            Default::default()
        }
    }
    ///A module on one node.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct ModuleStatus {
        pub automatic_actions: AutomaticActions,
        pub backend: Backend,
        pub boot: ModuleBoot,
        /**Packets since the traffic was opened, by verdict and reason; empty while it is closed.

* `accept_opens`: It opens a flow in a bucket of this node.
* `accept_mine`: It continues a flow in a settled bucket of this node.
* `accept_socket`: A local socket holds its flow, in a bucket that is coming or going.
* `accept_echo`: An echo request (ping) in a bucket of this node.
* `accept_error`: An ICMP error about a flow of this node.
* `accept_fragment`: A later part of a datagram whose first part this node took.
* `accept_malformed`: Cut short or contradicting itself, in a bucket of this node, whose stack ends it.
* `forward_owner`: Sent on to the bucket's owner.
* `forward_previous`: It continues a flow that nobody holds here: sent on to the bucket's previous owner.
* `forward_fragment`: A later part of a datagram, sent on after its first part.
* `answer_arp`: An ARP request for a virtual address, answered with the agreed MAC.
* `answer_solicitation`: A neighbour solicitation for a virtual address, answered with the agreed MAC.
* `drop_foreign`: Another node's, which sees the packet itself.
* `drop_migrating`: It continues a flow that nobody holds here; the previous owner sees the packet itself.
* `drop_closed`: Of a bucket that will be this node's, but may not be opened yet.
* `drop_from_peer`: Another node's, and a peer sent it on already.
* `drop_lease`: To be accepted or answered, but the daemon holds no valid lease.
* `drop_no_route`: To be sent on, but the receiver's MAC address is unknown.
* `drop_no_rule`: To a virtual address, and no rule names it.
* `drop_fragment`: A later part of a datagram whose first part was dropped, or not seen lately.
* `drop_malformed`: The first part of a datagram, without the header that decides.
* `drop_other_mac`: To a virtual address, but on the link to somebody else: a switch flooded it.
* `drop_other_interface`: To a virtual address of another interface.
* `drop_not_entry`: An ARP request or neighbour solicitation for a virtual address that another node answers.
* `drop_claim`: An ARP message or one of neighbour discovery that says where a virtual address is.
* `drop_seat_belt`: On its way out: such a message that binds a virtual address to another than the agreed MAC.
* `drop_late_answer`: On its way out: the answer to a SYN, repeated when another node may have the bucket.
* `drop_fence`: The daemon is gone or not ready: the fence drops all traffic to the virtual addresses.
* `drop_no_table`: The tables contradict each other; never seen in a sound installation.*/
        pub counters: ::std::collections::BTreeMap<::std::string::String, u64>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub drain: ::std::option::Option<Drain>,
        ///The node to which the virtual IP resolves, or that answers ARP for it.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub entry: ::std::option::Option<::std::string::String>,
        /**The version of the view and the tables in force: a counter, then the node number of the
leader. Absent without a view.*/
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub epoch: ::std::option::Option<::std::string::String>,
        ///The node's status generation.
        pub generation: u64,
        ///One per group, in the order of the configuration.
        pub groups: ::std::vec::Vec<GroupStatus>,
        ///Its network interfaces, in the order of the configuration.
        pub interfaces: ::std::vec::Vec<ModuleInterface>,
        ///Names of the view's members.
        pub members: ::std::vec::Vec<::std::string::String>,
        ///The module.
        pub module: ::std::string::String,
        ///The node's name.
        pub node: ::std::string::String,
        pub phase: Phase,
        pub readiness: Readiness,
        ///Why it is not UP (Ready), where something failed.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub reason: ::std::option::Option<::std::string::String>,
        ///The revision of its configuration.
        pub revision: u64,
        ///The failover rule whose action is being carried out; one that says wait, as long as it does.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub rule: ::std::option::Option<::std::string::String>,
        ///SHA-256 of the configuration file, the macros and the scripts.
        pub signature: ::std::string::String,
    }
    impl ModuleStatus {
        pub fn builder() -> builder::ModuleStatus {
            Default::default()
        }
    }
    ///A module on all nodes that answered.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct ModuleSummary {
        ///Whether every node of the cluster answered and has the same revision and signature.
        pub consistent: bool,
        ///The module.
        pub module: ::std::string::String,
        ///The nodes that have it.
        pub nodes: ::std::vec::Vec<ModuleOnNode>,
    }
    impl ModuleSummary {
        pub fn builder() -> builder::ModuleSummary {
            Default::default()
        }
    }
    ///A key to be made.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    #[serde(deny_unknown_fields)]
    pub struct NewApiKey {
        /**Only to these modules, 64 at the most: to what names one of them in its path. Absent: to all that
the role may do.*/
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub modules: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
        ///The name: 1 to 64 letters, digits, `.`, `_`, `-` and `@`, a letter or digit first.
        pub name: ::std::string::String,
        pub role: Role,
        ///Days until it expires, 1 to 366; 90 when absent.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub valid_for_days: ::std::option::Option<::std::num::NonZeroU32>,
    }
    impl NewApiKey {
        pub fn builder() -> builder::NewApiKey {
            Default::default()
        }
    }
    ///A module to be made from a template.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    #[serde(deny_unknown_fields)]
    pub struct NewModule {
        ///Values of the template's macros.
        #[serde(
            default,
            skip_serializing_if = ":: std :: collections :: BTreeMap::is_empty"
        )]
        pub macros: ::std::collections::BTreeMap<
            ::std::string::String,
            ::std::string::String,
        >,
        ///The name: 1 to 32 characters, a letter first, then letters, digits, `_` and `-`.
        pub name: ::std::string::String,
        ///The template's name.
        pub template: ::std::string::String,
    }
    impl NewModule {
        pub fn builder() -> builder::NewModule {
            Default::default()
        }
    }
    ///A user to be made.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    #[serde(deny_unknown_fields)]
    pub struct NewUser {
        ///The name: 1 to 64 letters, digits, `.`, `_`, `-` and `@`, a letter or digit first.
        pub name: ::std::string::String,
        ///The password: 10 characters or more, 256 at the most.
        pub password: NewUserPassword,
        pub role: Role,
    }
    impl NewUser {
        pub fn builder() -> builder::NewUser {
            Default::default()
        }
    }
    ///The password: 10 characters or more, 256 at the most.
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct NewUserPassword(::std::string::String);
    impl ::std::ops::Deref for NewUserPassword {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<NewUserPassword> for ::std::string::String {
        fn from(value: NewUserPassword) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for NewUserPassword {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 256usize {
                return Err("longer than 256 characters".into());
            }
            if value.chars().count() < 10usize {
                return Err("shorter than 10 characters".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for NewUserPassword {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for NewUserPassword {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for NewUserPassword {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///The next secret for a node to accept.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    #[serde(deny_unknown_fields)]
    pub struct NextSecret {
        ///The node where the rotation was begun, which alone goes on with it.
        pub begun_at: ::std::string::String,
        ///Its generation: one more than that of the secret in use.
        pub generation: u64,
        ///The secret: 64 hexadecimal digits.
        pub secret: ::std::string::String,
    }
    impl NextSecret {
        pub fn builder() -> builder::NextSecret {
            Default::default()
        }
    }
    ///A node's address on a LAN.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct NodeAddress {
        ///The address there.
        pub address: ::std::string::String,
        ///The LAN's name.
        pub lan: ::std::string::String,
    }
    impl NodeAddress {
        pub fn builder() -> builder::NodeAddress {
            Default::default()
        }
    }
    ///Why one of several nodes did not take it.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct NodeCause {
        ///What is wrong.
        pub detail: ::std::string::String,
        ///The node's name.
        pub node: ::std::string::String,
        #[serde(rename = "type")]
        pub type_: ProblemType,
    }
    impl NodeCause {
        pub fn builder() -> builder::NodeCause {
            Default::default()
        }
    }
    ///One node of the list: its state, or why it could not be had.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct NodeEntry {
        ///The node's name.
        pub node: ::std::string::String,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub problem: ::std::option::Option<Problem>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub status: ::std::option::Option<NodeStatus>,
    }
    impl NodeEntry {
        pub fn builder() -> builder::NodeEntry {
            Default::default()
        }
    }
    ///All nodes, each asked for its state.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct NodeList {
        ///In the order of the cluster.
        pub nodes: ::std::vec::Vec<NodeEntry>,
    }
    impl NodeList {
        pub fn builder() -> builder::NodeList {
            Default::default()
        }
    }
    ///A module of one node.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct NodeModule {
        ///The module.
        pub module: ::std::string::String,
        pub on: ModuleOnNode,
    }
    impl NodeModule {
        pub fn builder() -> builder::NodeModule {
            Default::default()
        }
    }
    ///The modules of one node.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct NodeModuleList {
        ///By name.
        pub modules: ::std::vec::Vec<NodeModule>,
        ///Those that were removed: a node that was away for it removes them, too.
        pub removed: ::std::vec::Vec<RemovedModule>,
    }
    impl NodeModuleList {
        pub fn builder() -> builder::NodeModuleList {
            Default::default()
        }
    }
    ///A node's power in a group.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct NodePower {
        ///The node's name.
        pub node: ::std::string::String,
        ///Its weight relative to the others'; zero: it takes no traffic.
        pub power: u32,
    }
    impl NodePower {
        pub fn builder() -> builder::NodePower {
            Default::default()
        }
    }
    ///What one node answered.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct NodeResult {
        ///The node's status generation, where it took it.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub generation: ::std::option::Option<u64>,
        ///The node's name.
        pub node: ::std::string::String,
        ///Whether the node took it.
        pub ok: bool,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub problem: ::std::option::Option<Problem>,
    }
    impl NodeResult {
        pub fn builder() -> builder::NodeResult {
            Default::default()
        }
    }
    ///What each node answered. At least one took it; when none did, the answer is a problem.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct NodeResults {
        ///Whether every node took it.
        pub complete: bool,
        ///One per node asked, in the order of the cluster.
        pub nodes: ::std::vec::Vec<NodeResult>,
    }
    impl NodeResults {
        pub fn builder() -> builder::NodeResults {
            Default::default()
        }
    }
    ///Which nodes are meant.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default)]
    #[serde(deny_unknown_fields)]
    pub struct NodeSelection {
        ///Names of nodes; all when absent.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub nodes: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
    }
    impl NodeSelection {
        pub fn builder() -> builder::NodeSelection {
            Default::default()
        }
    }
    ///A node's share of a group.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct NodeShare {
        /**Its buckets, of 4096, in the newest epoch that a node has in force; zero for a node that is
no member.*/
        pub buckets: u32,
        ///Flows that it opened since it opened its traffic; absent where its state could not be had.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub flows_opened: ::std::option::Option<u64>,
        ///The same in percent of the flows of all nodes that are counted; absent while there are none.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub measured_percent: ::std::option::Option<f64>,
        ///The node's name.
        pub node: ::std::string::String,
        ///The same in percent.
        pub percent: f64,
        ///Its power as configured.
        pub power: u32,
    }
    impl NodeShare {
        pub fn builder() -> builder::NodeShare {
            Default::default()
        }
    }
    ///What a node says of itself.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct NodeStatus {
        pub backend: Backend,
        pub detector: Detector,
        ///Grows with every change of the state.
        pub generation: u64,
        ///Its number, 0 to 63.
        pub id: u8,
        ///Counts the starts of the daemon.
        pub incarnation: u64,
        ///The configured modules, by name.
        pub modules: ::std::vec::Vec<ModulePhase>,
        ///Its name.
        pub name: ::std::string::String,
        ///The other nodes as this one hears them.
        pub peers: ::std::vec::Vec<Peer>,
        pub refused: Refused,
        ///The daemon's version.
        pub version: ::std::string::String,
    }
    impl NodeStatus {
        pub fn builder() -> builder::NodeStatus {
            Default::default()
        }
    }
    ///A rolling operation.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Operation {
        pub action: RollingAction,
        ///Who asked.
        pub by: ::std::string::String,
        ///Why it ended early.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub detail: ::std::option::Option<::std::string::String>,
        ///When it ended.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub ended_at: ::std::option::Option<::std::string::String>,
        ///Its number on the node that carries it out.
        pub id: u64,
        ///The module.
        pub module: ::std::string::String,
        ///The node that carries it out.
        pub node: ::std::string::String,
        ///When it began.
        pub started_at: ::std::string::String,
        pub state: OperationState,
        ///One per node, in the order in which they are gone through.
        pub steps: ::std::vec::Vec<OperationStep>,
    }
    impl Operation {
        pub fn builder() -> builder::Operation {
            Default::default()
        }
    }
    ///Operations on a module, the newest first.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct OperationList {
        ///Those that are kept: the hundred newest of each node.
        pub operations: ::std::vec::Vec<Operation>,
        ///Nodes whose operations are missing here.
        pub unreachable: ::std::vec::Vec<UnreachableNode>,
    }
    impl OperationList {
        pub fn builder() -> builder::OperationList {
            Default::default()
        }
    }
    ///Where an operation is.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum OperationState {
        #[serde(rename = "running")]
        Running,
        #[serde(rename = "succeeded")]
        Succeeded,
        #[serde(rename = "failed")]
        Failed,
        #[serde(rename = "cancelled")]
        Cancelled,
        #[serde(rename = "interrupted")]
        Interrupted,
    }
    impl ::std::fmt::Display for OperationState {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Running => f.write_str("running"),
                Self::Succeeded => f.write_str("succeeded"),
                Self::Failed => f.write_str("failed"),
                Self::Cancelled => f.write_str("cancelled"),
                Self::Interrupted => f.write_str("interrupted"),
            }
        }
    }
    impl ::std::str::FromStr for OperationState {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "running" => Ok(Self::Running),
                "succeeded" => Ok(Self::Succeeded),
                "failed" => Ok(Self::Failed),
                "cancelled" => Ok(Self::Cancelled),
                "interrupted" => Ok(Self::Interrupted),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for OperationState {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for OperationState {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///A node of a rolling operation.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct OperationStep {
        ///What is worth knowing.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub detail: ::std::option::Option<::std::string::String>,
        ///The node's name.
        pub node: ::std::string::String,
        pub state: StepState,
    }
    impl OperationStep {
        pub fn builder() -> builder::OperationStep {
            Default::default()
        }
    }
    ///What happened to a part.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum PartChange {
        #[serde(rename = "added")]
        Added,
        #[serde(rename = "removed")]
        Removed,
        #[serde(rename = "changed")]
        Changed,
    }
    impl ::std::fmt::Display for PartChange {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Added => f.write_str("added"),
                Self::Removed => f.write_str("removed"),
                Self::Changed => f.write_str("changed"),
            }
        }
    }
    impl ::std::str::FromStr for PartChange {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "added" => Ok(Self::Added),
                "removed" => Ok(Self::Removed),
                "changed" => Ok(Self::Changed),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for PartChange {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for PartChange {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///A part of a configuration that two revisions have not in common.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct PartDiff {
        pub change: PartChange,
        ///The lines that differ, with some around them, as `diff -u` shows them.
        pub diff: ::std::string::String,
        ///`userconfig`, `macros.NAME` or `scripts.NAME`.
        pub part: ::std::string::String,
    }
    impl PartDiff {
        pub fn builder() -> builder::PartDiff {
            Default::default()
        }
    }
    ///Another node as this one hears it.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Peer {
        ///Heard lately, and it hears this node.
        pub alive: bool,
        ///Its number, 0 to 63.
        pub id: u8,
        ///What liveness probes say about it on each common LAN.
        pub lans: ::std::vec::Vec<PeerLan>,
        ///Milliseconds since its last heartbeat; absent: never heard.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub last_heard_ms: ::std::option::Option<u64>,
        ///Its name.
        pub name: ::std::string::String,
        ///Microseconds of the last round trip, both daemons' delays included.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub round_trip_us: ::std::option::Option<u64>,
    }
    impl Peer {
        pub fn builder() -> builder::Peer {
            Default::default()
        }
    }
    ///What liveness probes say about a node on one LAN.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct PeerLan {
        ///Of these, those that were answered; the others were lost on the way there or back.
        pub answered: u64,
        ///Probes sent, those aside whose answers are awaited.
        pub asked: u64,
        ///The LAN.
        pub lan: ::std::string::String,
        ///Milliseconds since an answer was looked at; absent: it never answered.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub last_heard_ms: ::std::option::Option<u64>,
        ///It answers there.
        pub reached: bool,
        /**Microseconds from the last probe that was answered until its answer was looked at, which is up to a
pulse after it came.*/
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub round_trip_us: ::std::option::Option<u64>,
    }
    impl PeerLan {
        pub fn builder() -> builder::PeerLan {
            Default::default()
        }
    }
    ///Where a module is on its way.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum Phase {
        #[serde(rename = "STOP")]
        Stop,
        #[serde(rename = "WAIT")]
        Wait,
        #[serde(rename = "UP")]
        Up,
    }
    impl ::std::fmt::Display for Phase {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Stop => f.write_str("STOP"),
                Self::Wait => f.write_str("WAIT"),
                Self::Up => f.write_str("UP"),
            }
        }
    }
    impl ::std::str::FromStr for Phase {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "STOP" => Ok(Self::Stop),
                "WAIT" => Ok(Self::Wait),
                "UP" => Ok(Self::Up),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for Phase {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for Phase {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///Liveness probes that a node was asked by, by what became of them.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Probed {
        ///Answered.
        pub answered: u64,
        ///For another node, or from no node.
        pub foreign: u64,
        ///With a wrong authentication code.
        pub forged: u64,
        ///Not decodable, or of another version.
        pub malformed: u64,
        ///Seen before.
        pub replayed: u64,
    }
    impl Probed {
        pub fn builder() -> builder::Probed {
            Default::default()
        }
    }
    ///An error as RFC 9457 has it.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Problem {
        ///What is wrong here and what would be right.
        pub detail: ::std::string::String,
        ///What each node said, where several were asked and none took it.
        #[serde(default, skip_serializing_if = "::std::vec::Vec::is_empty")]
        pub nodes: ::std::vec::Vec<NodeCause>,
        ///Everything that is wrong with a configuration (`invalid-configuration`).
        #[serde(default, skip_serializing_if = "::std::vec::Vec::is_empty")]
        pub problems: ::std::vec::Vec<ConfigProblem>,
        ///Seconds after which it is worth trying again (`too-many-attempts`).
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub retry_after_s: ::std::option::Option<u64>,
        ///The status code of the answer.
        pub status: u16,
        ///The type in words.
        pub title: ::std::string::String,
        #[serde(rename = "type")]
        pub type_: ProblemType,
    }
    impl Problem {
        pub fn builder() -> builder::Problem {
            Default::default()
        }
    }
    ///What kind of problem it is. The list is closed: a client can decide by it.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum ProblemType {
        #[serde(rename = "/problems/malformed-request")]
        ProblemsMalformedRequest,
        #[serde(rename = "/problems/unauthenticated")]
        ProblemsUnauthenticated,
        #[serde(rename = "/problems/missing-role")]
        ProblemsMissingRole,
        #[serde(rename = "/problems/outside-scope")]
        ProblemsOutsideScope,
        #[serde(rename = "/problems/too-many-attempts")]
        ProblemsTooManyAttempts,
        #[serde(rename = "/problems/not-found")]
        ProblemsNotFound,
        #[serde(rename = "/problems/unknown-node")]
        ProblemsUnknownNode,
        #[serde(rename = "/problems/unknown-module")]
        ProblemsUnknownModule,
        #[serde(rename = "/problems/unknown-template")]
        ProblemsUnknownTemplate,
        #[serde(rename = "/problems/unknown-script-log")]
        ProblemsUnknownScriptLog,
        #[serde(rename = "/problems/unknown-user")]
        ProblemsUnknownUser,
        #[serde(rename = "/problems/unknown-revision")]
        ProblemsUnknownRevision,
        #[serde(rename = "/problems/unknown-api-key")]
        ProblemsUnknownApiKey,
        #[serde(rename = "/problems/unknown-operation")]
        ProblemsUnknownOperation,
        #[serde(rename = "/problems/method-not-allowed")]
        ProblemsMethodNotAllowed,
        #[serde(rename = "/problems/wrong-state")]
        ProblemsWrongState,
        #[serde(rename = "/problems/already-exists")]
        ProblemsAlreadyExists,
        #[serde(rename = "/problems/stale-revision")]
        ProblemsStaleRevision,
        #[serde(rename = "/problems/key-reused")]
        ProblemsKeyReused,
        #[serde(rename = "/problems/in-progress")]
        ProblemsInProgress,
        #[serde(rename = "/problems/precondition-failed")]
        ProblemsPreconditionFailed,
        #[serde(rename = "/problems/last-administrator")]
        ProblemsLastAdministrator,
        #[serde(rename = "/problems/limit-reached")]
        ProblemsLimitReached,
        #[serde(rename = "/problems/body-too-large")]
        ProblemsBodyTooLarge,
        #[serde(rename = "/problems/misdirected")]
        ProblemsMisdirected,
        #[serde(rename = "/problems/invalid-configuration")]
        ProblemsInvalidConfiguration,
        #[serde(rename = "/problems/no-local-network")]
        ProblemsNoLocalNetwork,
        #[serde(rename = "/problems/internal")]
        ProblemsInternal,
        #[serde(rename = "/problems/storage-full")]
        ProblemsStorageFull,
        #[serde(rename = "/problems/datapath-failed")]
        ProblemsDatapathFailed,
        #[serde(rename = "/problems/node-unreachable")]
        ProblemsNodeUnreachable,
        #[serde(rename = "/problems/not-ready")]
        ProblemsNotReady,
        #[serde(rename = "/problems/stopping")]
        ProblemsStopping,
        #[serde(rename = "/problems/timed-out")]
        ProblemsTimedOut,
        #[serde(rename = "/problems/wait-timed-out")]
        ProblemsWaitTimedOut,
    }
    impl ::std::fmt::Display for ProblemType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::ProblemsMalformedRequest => {
                    f.write_str("/problems/malformed-request")
                }
                Self::ProblemsUnauthenticated => f.write_str("/problems/unauthenticated"),
                Self::ProblemsMissingRole => f.write_str("/problems/missing-role"),
                Self::ProblemsOutsideScope => f.write_str("/problems/outside-scope"),
                Self::ProblemsTooManyAttempts => {
                    f.write_str("/problems/too-many-attempts")
                }
                Self::ProblemsNotFound => f.write_str("/problems/not-found"),
                Self::ProblemsUnknownNode => f.write_str("/problems/unknown-node"),
                Self::ProblemsUnknownModule => f.write_str("/problems/unknown-module"),
                Self::ProblemsUnknownTemplate => {
                    f.write_str("/problems/unknown-template")
                }
                Self::ProblemsUnknownScriptLog => {
                    f.write_str("/problems/unknown-script-log")
                }
                Self::ProblemsUnknownUser => f.write_str("/problems/unknown-user"),
                Self::ProblemsUnknownRevision => {
                    f.write_str("/problems/unknown-revision")
                }
                Self::ProblemsUnknownApiKey => f.write_str("/problems/unknown-api-key"),
                Self::ProblemsUnknownOperation => {
                    f.write_str("/problems/unknown-operation")
                }
                Self::ProblemsMethodNotAllowed => {
                    f.write_str("/problems/method-not-allowed")
                }
                Self::ProblemsWrongState => f.write_str("/problems/wrong-state"),
                Self::ProblemsAlreadyExists => f.write_str("/problems/already-exists"),
                Self::ProblemsStaleRevision => f.write_str("/problems/stale-revision"),
                Self::ProblemsKeyReused => f.write_str("/problems/key-reused"),
                Self::ProblemsInProgress => f.write_str("/problems/in-progress"),
                Self::ProblemsPreconditionFailed => {
                    f.write_str("/problems/precondition-failed")
                }
                Self::ProblemsLastAdministrator => {
                    f.write_str("/problems/last-administrator")
                }
                Self::ProblemsLimitReached => f.write_str("/problems/limit-reached"),
                Self::ProblemsBodyTooLarge => f.write_str("/problems/body-too-large"),
                Self::ProblemsMisdirected => f.write_str("/problems/misdirected"),
                Self::ProblemsInvalidConfiguration => {
                    f.write_str("/problems/invalid-configuration")
                }
                Self::ProblemsNoLocalNetwork => f.write_str("/problems/no-local-network"),
                Self::ProblemsInternal => f.write_str("/problems/internal"),
                Self::ProblemsStorageFull => f.write_str("/problems/storage-full"),
                Self::ProblemsDatapathFailed => f.write_str("/problems/datapath-failed"),
                Self::ProblemsNodeUnreachable => {
                    f.write_str("/problems/node-unreachable")
                }
                Self::ProblemsNotReady => f.write_str("/problems/not-ready"),
                Self::ProblemsStopping => f.write_str("/problems/stopping"),
                Self::ProblemsTimedOut => f.write_str("/problems/timed-out"),
                Self::ProblemsWaitTimedOut => f.write_str("/problems/wait-timed-out"),
            }
        }
    }
    impl ::std::str::FromStr for ProblemType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "/problems/malformed-request" => Ok(Self::ProblemsMalformedRequest),
                "/problems/unauthenticated" => Ok(Self::ProblemsUnauthenticated),
                "/problems/missing-role" => Ok(Self::ProblemsMissingRole),
                "/problems/outside-scope" => Ok(Self::ProblemsOutsideScope),
                "/problems/too-many-attempts" => Ok(Self::ProblemsTooManyAttempts),
                "/problems/not-found" => Ok(Self::ProblemsNotFound),
                "/problems/unknown-node" => Ok(Self::ProblemsUnknownNode),
                "/problems/unknown-module" => Ok(Self::ProblemsUnknownModule),
                "/problems/unknown-template" => Ok(Self::ProblemsUnknownTemplate),
                "/problems/unknown-script-log" => Ok(Self::ProblemsUnknownScriptLog),
                "/problems/unknown-user" => Ok(Self::ProblemsUnknownUser),
                "/problems/unknown-revision" => Ok(Self::ProblemsUnknownRevision),
                "/problems/unknown-api-key" => Ok(Self::ProblemsUnknownApiKey),
                "/problems/unknown-operation" => Ok(Self::ProblemsUnknownOperation),
                "/problems/method-not-allowed" => Ok(Self::ProblemsMethodNotAllowed),
                "/problems/wrong-state" => Ok(Self::ProblemsWrongState),
                "/problems/already-exists" => Ok(Self::ProblemsAlreadyExists),
                "/problems/stale-revision" => Ok(Self::ProblemsStaleRevision),
                "/problems/key-reused" => Ok(Self::ProblemsKeyReused),
                "/problems/in-progress" => Ok(Self::ProblemsInProgress),
                "/problems/precondition-failed" => Ok(Self::ProblemsPreconditionFailed),
                "/problems/last-administrator" => Ok(Self::ProblemsLastAdministrator),
                "/problems/limit-reached" => Ok(Self::ProblemsLimitReached),
                "/problems/body-too-large" => Ok(Self::ProblemsBodyTooLarge),
                "/problems/misdirected" => Ok(Self::ProblemsMisdirected),
                "/problems/invalid-configuration" => {
                    Ok(Self::ProblemsInvalidConfiguration)
                }
                "/problems/no-local-network" => Ok(Self::ProblemsNoLocalNetwork),
                "/problems/internal" => Ok(Self::ProblemsInternal),
                "/problems/storage-full" => Ok(Self::ProblemsStorageFull),
                "/problems/datapath-failed" => Ok(Self::ProblemsDatapathFailed),
                "/problems/node-unreachable" => Ok(Self::ProblemsNodeUnreachable),
                "/problems/not-ready" => Ok(Self::ProblemsNotReady),
                "/problems/stopping" => Ok(Self::ProblemsStopping),
                "/problems/timed-out" => Ok(Self::ProblemsTimedOut),
                "/problems/wait-timed-out" => Ok(Self::ProblemsWaitTimedOut),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for ProblemType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for ProblemType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///A transport protocol, or what has no ports.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum Protocol {
        #[serde(rename = "tcp")]
        Tcp,
        #[serde(rename = "udp")]
        Udp,
        #[serde(rename = "icmp")]
        Icmp,
        #[serde(rename = "arp")]
        Arp,
    }
    impl ::std::fmt::Display for Protocol {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Tcp => f.write_str("tcp"),
                Self::Udp => f.write_str("udp"),
                Self::Icmp => f.write_str("icmp"),
                Self::Arp => f.write_str("arp"),
            }
        }
    }
    impl ::std::str::FromStr for Protocol {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "tcp" => Ok(Self::Tcp),
                "udp" => Ok(Self::Udp),
                "icmp" => Ok(Self::Icmp),
                "arp" => Ok(Self::Arp),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for Protocol {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for Protocol {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///How settled a phase is.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum Readiness {
        NotReady,
        Transient,
        Ready,
    }
    impl ::std::fmt::Display for Readiness {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::NotReady => f.write_str("NotReady"),
                Self::Transient => f.write_str("Transient"),
                Self::Ready => f.write_str("Ready"),
            }
        }
    }
    impl ::std::str::FromStr for Readiness {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "NotReady" => Ok(Self::NotReady),
                "Transient" => Ok(Self::Transient),
                "Ready" => Ok(Self::Ready),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for Readiness {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for Readiness {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///Heartbeats that changed nothing, by reason.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Refused {
        ///Of another cluster.
        pub foreign: u64,
        ///With a wrong authentication code.
        pub forged: u64,
        ///Not decodable, or of another version.
        pub malformed: u64,
        ///Seen before.
        pub replayed: u64,
    }
    impl Refused {
        pub fn builder() -> builder::Refused {
            Default::default()
        }
    }
    ///A module that was removed.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct RemovedModule {
        ///The module.
        pub module: ::std::string::String,
        ///The revision that the removal counts as.
        pub revision: u64,
    }
    impl RemovedModule {
        pub fn builder() -> builder::RemovedModule {
            Default::default()
        }
    }
    ///A resource of a module on a node.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Resource {
        ///Who set it: a checker, `errd`, a script, a user.
        pub by: ::std::string::String,
        ///What it was before, the latest last.
        pub history: ::std::vec::Vec<Assignment>,
        ///Its class and its name.
        pub name: ::std::string::String,
        ///Why, where it is known.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub reason: ::std::option::Option<::std::string::String>,
        ///Since when it has this value, by this node's clock.
        pub since: ::std::string::String,
        ///`init`, `up`, `down`, or another word that a script chose.
        pub value: ::std::string::String,
    }
    impl Resource {
        pub fn builder() -> builder::Resource {
            Default::default()
        }
    }
    ///The resources of a module on a node.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct ResourceList {
        ///The module.
        pub module: ::std::string::String,
        ///The node's name.
        pub node: ::std::string::String,
        ///By name.
        pub resources: ::std::vec::Vec<Resource>,
    }
    impl ResourceList {
        pub fn builder() -> builder::ResourceList {
            Default::default()
        }
    }
    ///What a resource is to be.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    #[serde(deny_unknown_fields)]
    pub struct ResourceValue {
        ///The program in whose name it is set; the user's name when absent.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub identity: ::std::option::Option<ResourceValueIdentity>,
        ///A word such as `up` or `down`: 1 to 64 characters, no spaces.
        pub value: ResourceValueValue,
    }
    impl ResourceValue {
        pub fn builder() -> builder::ResourceValue {
            Default::default()
        }
    }
    ///The program in whose name it is set; the user's name when absent.
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct ResourceValueIdentity(::std::string::String);
    impl ::std::ops::Deref for ResourceValueIdentity {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<ResourceValueIdentity> for ::std::string::String {
        fn from(value: ResourceValueIdentity) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for ResourceValueIdentity {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 64usize {
                return Err("longer than 64 characters".into());
            }
            if value.chars().count() < 1usize {
                return Err("shorter than 1 characters".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for ResourceValueIdentity {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for ResourceValueIdentity {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for ResourceValueIdentity {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///A word such as `up` or `down`: 1 to 64 characters, no spaces.
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct ResourceValueValue(::std::string::String);
    impl ::std::ops::Deref for ResourceValueValue {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<ResourceValueValue> for ::std::string::String {
        fn from(value: ResourceValueValue) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for ResourceValueValue {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 64usize {
                return Err("longer than 64 characters".into());
            }
            if value.chars().count() < 1usize {
                return Err("shorter than 1 characters".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for ResourceValueValue {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for ResourceValueValue {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for ResourceValueValue {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///`RestartModuleIdempotencyKey`
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct RestartModuleIdempotencyKey(::std::string::String);
    impl ::std::ops::Deref for RestartModuleIdempotencyKey {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<RestartModuleIdempotencyKey> for ::std::string::String {
        fn from(value: RestartModuleIdempotencyKey) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for RestartModuleIdempotencyKey {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 128usize {
                return Err("longer than 128 characters".into());
            }
            if value.chars().count() < 1usize {
                return Err("shorter than 1 characters".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for RestartModuleIdempotencyKey {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for RestartModuleIdempotencyKey {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for RestartModuleIdempotencyKey {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///`RestartModuleOnNodeIdempotencyKey`
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct RestartModuleOnNodeIdempotencyKey(::std::string::String);
    impl ::std::ops::Deref for RestartModuleOnNodeIdempotencyKey {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<RestartModuleOnNodeIdempotencyKey>
    for ::std::string::String {
        fn from(value: RestartModuleOnNodeIdempotencyKey) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for RestartModuleOnNodeIdempotencyKey {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 128usize {
                return Err("longer than 128 characters".into());
            }
            if value.chars().count() < 1usize {
                return Err("shorter than 1 characters".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for RestartModuleOnNodeIdempotencyKey {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String>
    for RestartModuleOnNodeIdempotencyKey {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for RestartModuleOnNodeIdempotencyKey {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///`RestartModuleOnNodeIdentity`
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct RestartModuleOnNodeIdentity(::std::string::String);
    impl ::std::ops::Deref for RestartModuleOnNodeIdentity {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<RestartModuleOnNodeIdentity> for ::std::string::String {
        fn from(value: RestartModuleOnNodeIdentity) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for RestartModuleOnNodeIdentity {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 64usize {
                return Err("longer than 64 characters".into());
            }
            if value.chars().count() < 1usize {
                return Err("shorter than 1 characters".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for RestartModuleOnNodeIdentity {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for RestartModuleOnNodeIdentity {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for RestartModuleOnNodeIdentity {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///`RestoreRevisionIdempotencyKey`
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct RestoreRevisionIdempotencyKey(::std::string::String);
    impl ::std::ops::Deref for RestoreRevisionIdempotencyKey {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<RestoreRevisionIdempotencyKey> for ::std::string::String {
        fn from(value: RestoreRevisionIdempotencyKey) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for RestoreRevisionIdempotencyKey {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 128usize {
                return Err("longer than 128 characters".into());
            }
            if value.chars().count() < 1usize {
                return Err("shorter than 1 characters".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for RestoreRevisionIdempotencyKey {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String>
    for RestoreRevisionIdempotencyKey {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for RestoreRevisionIdempotencyKey {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///How two revisions differ.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct RevisionDiff {
        ///The revision with the lines that begin with `-`.
        pub from: u64,
        ///The module.
        pub module: ::std::string::String,
        ///What is not the same in both; empty where all is.
        pub parts: ::std::vec::Vec<PartDiff>,
        ///The revision with the lines that begin with `+`.
        pub to: u64,
    }
    impl RevisionDiff {
        pub fn builder() -> builder::RevisionDiff {
            Default::default()
        }
    }
    ///A revision without its content.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct RevisionEntry {
        ///When this node got it.
        pub applied_at: ::std::string::String,
        ///Who gave it.
        pub applied_by: ::std::string::String,
        ///Its number.
        pub revision: u64,
        ///SHA-256 of the configuration file, the macros and the scripts.
        pub signature: ::std::string::String,
    }
    impl RevisionEntry {
        pub fn builder() -> builder::RevisionEntry {
            Default::default()
        }
    }
    ///The revisions that a node has of a module.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct RevisionList {
        ///The module.
        pub module: ::std::string::String,
        ///The latest first.
        pub revisions: ::std::vec::Vec<RevisionEntry>,
    }
    impl RevisionList {
        pub fn builder() -> builder::RevisionList {
            Default::default()
        }
    }
    ///What a user may do. Each role includes those below it.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum Role {
        #[serde(rename = "monitor")]
        Monitor,
        #[serde(rename = "control")]
        Control,
        #[serde(rename = "admin")]
        Admin,
    }
    impl ::std::fmt::Display for Role {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Monitor => f.write_str("monitor"),
                Self::Control => f.write_str("control"),
                Self::Admin => f.write_str("admin"),
            }
        }
    }
    impl ::std::str::FromStr for Role {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "monitor" => Ok(Self::Monitor),
                "control" => Ok(Self::Control),
                "admin" => Ok(Self::Admin),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for Role {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for Role {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///`RollModuleIdempotencyKey`
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct RollModuleIdempotencyKey(::std::string::String);
    impl ::std::ops::Deref for RollModuleIdempotencyKey {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<RollModuleIdempotencyKey> for ::std::string::String {
        fn from(value: RollModuleIdempotencyKey) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for RollModuleIdempotencyKey {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 128usize {
                return Err("longer than 128 characters".into());
            }
            if value.chars().count() < 1usize {
                return Err("shorter than 1 characters".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for RollModuleIdempotencyKey {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for RollModuleIdempotencyKey {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for RollModuleIdempotencyKey {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///What is done to each node's application in a rolling operation.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum RollingAction {
        #[serde(rename = "restart")]
        Restart,
        #[serde(rename = "stopstart")]
        Stopstart,
    }
    impl ::std::fmt::Display for RollingAction {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Restart => f.write_str("restart"),
                Self::Stopstart => f.write_str("stopstart"),
            }
        }
    }
    impl ::std::str::FromStr for RollingAction {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "restart" => Ok(Self::Restart),
                "stopstart" => Ok(Self::Stopstart),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for RollingAction {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for RollingAction {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///A rolling operation as it is asked for.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default)]
    #[serde(deny_unknown_fields)]
    pub struct RollingRequest {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub action: ::std::option::Option<RollingAction>,
        /**Seconds for which a node's connections are waited for; those that are left then end with its
application. 30 when absent.*/
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub drain_s: ::std::option::Option<u32>,
        ///Names of nodes; all when absent. They follow each other in the order of the cluster.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub nodes: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
        ///Seconds for a node to be UP (Ready) again, checks included, and to have its share. 120 when absent.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub ready_s: ::std::option::Option<::std::num::NonZeroU32>,
    }
    impl RollingRequest {
        pub fn builder() -> builder::RollingRequest {
            Default::default()
        }
    }
    ///`RotateApiKeyIdempotencyKey`
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct RotateApiKeyIdempotencyKey(::std::string::String);
    impl ::std::ops::Deref for RotateApiKeyIdempotencyKey {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<RotateApiKeyIdempotencyKey> for ::std::string::String {
        fn from(value: RotateApiKeyIdempotencyKey) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for RotateApiKeyIdempotencyKey {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 128usize {
                return Err("longer than 128 characters".into());
            }
            if value.chars().count() < 1usize {
                return Err("shorter than 1 characters".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for RotateApiKeyIdempotencyKey {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for RotateApiKeyIdempotencyKey {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for RotateApiKeyIdempotencyKey {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///`RotateSecretIdempotencyKey`
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct RotateSecretIdempotencyKey(::std::string::String);
    impl ::std::ops::Deref for RotateSecretIdempotencyKey {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<RotateSecretIdempotencyKey> for ::std::string::String {
        fn from(value: RotateSecretIdempotencyKey) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for RotateSecretIdempotencyKey {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 128usize {
                return Err("longer than 128 characters".into());
            }
            if value.chars().count() < 1usize {
                return Err("shorter than 1 characters".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for RotateSecretIdempotencyKey {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for RotateSecretIdempotencyKey {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for RotateSecretIdempotencyKey {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///What one execution of a script wrote to its standard output and error.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct ScriptLog {
        ///When the execution began, by this node's clock.
        pub at: ::std::string::String,
        ///Its length so far.
        pub bytes: u64,
        ///Its name.
        pub name: ::std::string::String,
        ///The script.
        pub script: ::std::string::String,
    }
    impl ScriptLog {
        pub fn builder() -> builder::ScriptLog {
            Default::default()
        }
    }
    ///The outputs of a module's scripts on a node.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct ScriptLogList {
        ///The oldest first; the newest 100 are kept.
        pub logs: ::std::vec::Vec<ScriptLog>,
        ///The module.
        pub module: ::std::string::String,
        ///The node's name.
        pub node: ::std::string::String,
    }
    impl ScriptLogList {
        pub fn builder() -> builder::ScriptLogList {
            Default::default()
        }
    }
    ///Where a node is with the cluster's secret.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct SecretState {
        ///`accepting`: the node where the rotation was begun, which alone goes on with it.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub begun_at: ::std::option::Option<::std::string::String>,
        ///Counts the secrets that there were before the one that the node sends under.
        pub generation: u64,
        pub step: SecretStep,
    }
    impl SecretState {
        pub fn builder() -> builder::SecretState {
            Default::default()
        }
    }
    ///Which secrets a node accepts.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum SecretStep {
        #[serde(rename = "settled")]
        Settled,
        #[serde(rename = "accepting")]
        Accepting,
        #[serde(rename = "retiring")]
        Retiring,
    }
    impl ::std::fmt::Display for SecretStep {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Settled => f.write_str("settled"),
                Self::Accepting => f.write_str("accepting"),
                Self::Retiring => f.write_str("retiring"),
            }
        }
    }
    impl ::std::str::FromStr for SecretStep {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "settled" => Ok(Self::Settled),
                "accepting" => Ok(Self::Accepting),
                "retiring" => Ok(Self::Retiring),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for SecretStep {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for SecretStep {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///A session: send the token as `Authorization: Bearer <token>` to any node.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Session {
        ///When the token ends; log in again before.
        pub expires_at: ::std::string::String,
        pub role: Role,
        ///The token. All nodes of the cluster accept it.
        pub token: ::std::string::String,
    }
    impl Session {
        pub fn builder() -> builder::Session {
            Default::default()
        }
    }
    ///A resource's class and name.
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct SetResourceOnNodeResource(::std::string::String);
    impl ::std::ops::Deref for SetResourceOnNodeResource {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<SetResourceOnNodeResource> for ::std::string::String {
        fn from(value: SetResourceOnNodeResource) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for SetResourceOnNodeResource {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 128usize {
                return Err("longer than 128 characters".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for SetResourceOnNodeResource {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for SetResourceOnNodeResource {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for SetResourceOnNodeResource {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///How bad it is.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum Severity {
        #[serde(rename = "error")]
        Error,
        #[serde(rename = "warning")]
        Warning,
    }
    impl ::std::fmt::Display for Severity {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Error => f.write_str("error"),
                Self::Warning => f.write_str("warning"),
            }
        }
    }
    impl ::std::str::FromStr for Severity {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "error" => Ok(Self::Error),
                "warning" => Ok(Self::Warning),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for Severity {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for Severity {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///A node's share of a group.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Share {
        ///Its buckets, of 4096.
        pub buckets: u32,
        ///The node's name.
        pub node: ::std::string::String,
        ///The same in percent.
        pub percent: f64,
    }
    impl Share {
        pub fn builder() -> builder::Share {
            Default::default()
        }
    }
    ///`StartModuleIdempotencyKey`
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct StartModuleIdempotencyKey(::std::string::String);
    impl ::std::ops::Deref for StartModuleIdempotencyKey {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<StartModuleIdempotencyKey> for ::std::string::String {
        fn from(value: StartModuleIdempotencyKey) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for StartModuleIdempotencyKey {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 128usize {
                return Err("longer than 128 characters".into());
            }
            if value.chars().count() < 1usize {
                return Err("shorter than 1 characters".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for StartModuleIdempotencyKey {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for StartModuleIdempotencyKey {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for StartModuleIdempotencyKey {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///`StartModuleOnNodeIdempotencyKey`
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct StartModuleOnNodeIdempotencyKey(::std::string::String);
    impl ::std::ops::Deref for StartModuleOnNodeIdempotencyKey {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<StartModuleOnNodeIdempotencyKey>
    for ::std::string::String {
        fn from(value: StartModuleOnNodeIdempotencyKey) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for StartModuleOnNodeIdempotencyKey {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 128usize {
                return Err("longer than 128 characters".into());
            }
            if value.chars().count() < 1usize {
                return Err("shorter than 1 characters".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for StartModuleOnNodeIdempotencyKey {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String>
    for StartModuleOnNodeIdempotencyKey {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for StartModuleOnNodeIdempotencyKey {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///Where a rolling operation is with one node.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum StepState {
        #[serde(rename = "waiting")]
        Waiting,
        #[serde(rename = "draining")]
        Draining,
        #[serde(rename = "acting")]
        Acting,
        #[serde(rename = "returning")]
        Returning,
        #[serde(rename = "done")]
        Done,
        #[serde(rename = "failed")]
        Failed,
    }
    impl ::std::fmt::Display for StepState {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Waiting => f.write_str("waiting"),
                Self::Draining => f.write_str("draining"),
                Self::Acting => f.write_str("acting"),
                Self::Returning => f.write_str("returning"),
                Self::Done => f.write_str("done"),
                Self::Failed => f.write_str("failed"),
            }
        }
    }
    impl ::std::str::FromStr for StepState {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "waiting" => Ok(Self::Waiting),
                "draining" => Ok(Self::Draining),
                "acting" => Ok(Self::Acting),
                "returning" => Ok(Self::Returning),
                "done" => Ok(Self::Done),
                "failed" => Ok(Self::Failed),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for StepState {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for StepState {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///`StopModuleIdempotencyKey`
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct StopModuleIdempotencyKey(::std::string::String);
    impl ::std::ops::Deref for StopModuleIdempotencyKey {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<StopModuleIdempotencyKey> for ::std::string::String {
        fn from(value: StopModuleIdempotencyKey) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for StopModuleIdempotencyKey {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 128usize {
                return Err("longer than 128 characters".into());
            }
            if value.chars().count() < 1usize {
                return Err("shorter than 1 characters".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for StopModuleIdempotencyKey {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for StopModuleIdempotencyKey {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for StopModuleIdempotencyKey {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///`StopModuleOnNodeIdempotencyKey`
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct StopModuleOnNodeIdempotencyKey(::std::string::String);
    impl ::std::ops::Deref for StopModuleOnNodeIdempotencyKey {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<StopModuleOnNodeIdempotencyKey> for ::std::string::String {
        fn from(value: StopModuleOnNodeIdempotencyKey) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for StopModuleOnNodeIdempotencyKey {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 128usize {
                return Err("longer than 128 characters".into());
            }
            if value.chars().count() < 1usize {
                return Err("shorter than 1 characters".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for StopModuleOnNodeIdempotencyKey {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String>
    for StopModuleOnNodeIdempotencyKey {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for StopModuleOnNodeIdempotencyKey {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///`StopModuleOnNodeIdentity`
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct StopModuleOnNodeIdentity(::std::string::String);
    impl ::std::ops::Deref for StopModuleOnNodeIdentity {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<StopModuleOnNodeIdentity> for ::std::string::String {
        fn from(value: StopModuleOnNodeIdentity) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for StopModuleOnNodeIdentity {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 64usize {
                return Err("longer than 64 characters".into());
            }
            if value.chars().count() < 1usize {
                return Err("shorter than 1 characters".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for StopModuleOnNodeIdentity {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for StopModuleOnNodeIdentity {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for StopModuleOnNodeIdentity {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///`StopstartModuleIdempotencyKey`
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct StopstartModuleIdempotencyKey(::std::string::String);
    impl ::std::ops::Deref for StopstartModuleIdempotencyKey {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<StopstartModuleIdempotencyKey> for ::std::string::String {
        fn from(value: StopstartModuleIdempotencyKey) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for StopstartModuleIdempotencyKey {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 128usize {
                return Err("longer than 128 characters".into());
            }
            if value.chars().count() < 1usize {
                return Err("shorter than 1 characters".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for StopstartModuleIdempotencyKey {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String>
    for StopstartModuleIdempotencyKey {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for StopstartModuleIdempotencyKey {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///`StopstartModuleOnNodeIdempotencyKey`
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct StopstartModuleOnNodeIdempotencyKey(::std::string::String);
    impl ::std::ops::Deref for StopstartModuleOnNodeIdempotencyKey {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<StopstartModuleOnNodeIdempotencyKey>
    for ::std::string::String {
        fn from(value: StopstartModuleOnNodeIdempotencyKey) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for StopstartModuleOnNodeIdempotencyKey {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 128usize {
                return Err("longer than 128 characters".into());
            }
            if value.chars().count() < 1usize {
                return Err("shorter than 1 characters".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for StopstartModuleOnNodeIdempotencyKey {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String>
    for StopstartModuleOnNodeIdempotencyKey {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for StopstartModuleOnNodeIdempotencyKey {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///`StopstartModuleOnNodeIdentity`
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct StopstartModuleOnNodeIdentity(::std::string::String);
    impl ::std::ops::Deref for StopstartModuleOnNodeIdentity {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<StopstartModuleOnNodeIdentity> for ::std::string::String {
        fn from(value: StopstartModuleOnNodeIdentity) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for StopstartModuleOnNodeIdentity {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 64usize {
                return Err("longer than 64 characters".into());
            }
            if value.chars().count() < 1usize {
                return Err("shorter than 1 characters".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for StopstartModuleOnNodeIdentity {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String>
    for StopstartModuleOnNodeIdentity {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for StopstartModuleOnNodeIdentity {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///A module to start from: a configuration file with macros, and scripts.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Template {
        ///What it is for.
        pub description: ::std::string::String,
        ///In the order of its configuration file.
        pub macros: ::std::vec::Vec<TemplateMacro>,
        ///Its name.
        pub name: ::std::string::String,
    }
    impl Template {
        pub fn builder() -> builder::Template {
            Default::default()
        }
    }
    ///The templates.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct TemplateList {
        ///By name.
        pub templates: ::std::vec::Vec<Template>,
    }
    impl TemplateList {
        pub fn builder() -> builder::TemplateList {
            Default::default()
        }
    }
    ///A macro of a template.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct TemplateMacro {
        ///What it stands for.
        pub description: ::std::string::String,
        ///Its name.
        pub name: ::std::string::String,
        ///Its value where none is given; absent where one has to be given.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub value: ::std::option::Option<::std::string::String>,
    }
    impl TemplateMacro {
        pub fn builder() -> builder::TemplateMacro {
            Default::default()
        }
    }
    ///`UndrainModuleIdempotencyKey`
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct UndrainModuleIdempotencyKey(::std::string::String);
    impl ::std::ops::Deref for UndrainModuleIdempotencyKey {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<UndrainModuleIdempotencyKey> for ::std::string::String {
        fn from(value: UndrainModuleIdempotencyKey) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for UndrainModuleIdempotencyKey {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 128usize {
                return Err("longer than 128 characters".into());
            }
            if value.chars().count() < 1usize {
                return Err("shorter than 1 characters".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for UndrainModuleIdempotencyKey {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for UndrainModuleIdempotencyKey {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for UndrainModuleIdempotencyKey {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///`UndrainModuleOnNodeIdempotencyKey`
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct UndrainModuleOnNodeIdempotencyKey(::std::string::String);
    impl ::std::ops::Deref for UndrainModuleOnNodeIdempotencyKey {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<UndrainModuleOnNodeIdempotencyKey>
    for ::std::string::String {
        fn from(value: UndrainModuleOnNodeIdempotencyKey) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for UndrainModuleOnNodeIdempotencyKey {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 128usize {
                return Err("longer than 128 characters".into());
            }
            if value.chars().count() < 1usize {
                return Err("shorter than 1 characters".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for UndrainModuleOnNodeIdempotencyKey {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String>
    for UndrainModuleOnNodeIdempotencyKey {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for UndrainModuleOnNodeIdempotencyKey {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///`UndrainModuleOnNodeIdentity`
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct UndrainModuleOnNodeIdentity(::std::string::String);
    impl ::std::ops::Deref for UndrainModuleOnNodeIdentity {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<UndrainModuleOnNodeIdentity> for ::std::string::String {
        fn from(value: UndrainModuleOnNodeIdentity) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for UndrainModuleOnNodeIdentity {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 64usize {
                return Err("longer than 64 characters".into());
            }
            if value.chars().count() < 1usize {
                return Err("shorter than 1 characters".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for UndrainModuleOnNodeIdentity {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for UndrainModuleOnNodeIdentity {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for UndrainModuleOnNodeIdentity {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///A node that did not answer, and why.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct UnreachableNode {
        ///The node's name.
        pub node: ::std::string::String,
        pub problem: Problem,
    }
    impl UnreachableNode {
        pub fn builder() -> builder::UnreachableNode {
            Default::default()
        }
    }
    ///A user.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct User {
        ///When the user was made on this node.
        pub created_at: ::std::string::String,
        ///The name.
        pub name: ::std::string::String,
        pub role: Role,
    }
    impl User {
        pub fn builder() -> builder::User {
            Default::default()
        }
    }
    ///The users that the answering node knows.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct UserList {
        ///By name.
        pub users: ::std::vec::Vec<User>,
    }
    impl UserList {
        pub fn builder() -> builder::UserList {
            Default::default()
        }
    }
    ///A user as a node keeps it.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    #[serde(deny_unknown_fields)]
    pub struct UserRecord {
        ///When the user was made.
        pub created_at: ::std::string::String,
        ///The password's hash as a PHC string.
        pub phc: ::std::string::String,
        pub role: Role,
    }
    impl UserRecord {
        pub fn builder() -> builder::UserRecord {
            Default::default()
        }
    }
    ///Password and role of a user on one node.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    #[serde(deny_unknown_fields)]
    pub struct UserSettings {
        ///When it was asked for, where it is asked for on several nodes; absent: it is asked for on this one.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub changed_at: ::std::option::Option<::std::string::String>,
        ///The password: 10 characters or more, 256 at the most.
        pub password: UserSettingsPassword,
        pub role: Role,
    }
    impl UserSettings {
        pub fn builder() -> builder::UserSettings {
            Default::default()
        }
    }
    ///The password: 10 characters or more, 256 at the most.
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct UserSettingsPassword(::std::string::String);
    impl ::std::ops::Deref for UserSettingsPassword {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<UserSettingsPassword> for ::std::string::String {
        fn from(value: UserSettingsPassword) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for UserSettingsPassword {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 256usize {
                return Err("longer than 256 characters".into());
            }
            if value.chars().count() < 10usize {
                return Err("shorter than 10 characters".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for UserSettingsPassword {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for UserSettingsPassword {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for UserSettingsPassword {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///The version of the node that answers.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Version {
        ///The version of the API, as in the paths.
        pub api: ::std::string::String,
        ///The node's name.
        pub node: ::std::string::String,
        ///The daemon's version.
        pub version: ::std::string::String,
    }
    impl Version {
        pub fn builder() -> builder::Version {
            Default::default()
        }
    }
    ///Whom the token stands for.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct WhoAmI {
        ///When the token or the key ends.
        pub expires_at: ::std::string::String,
        ///Only to these modules, where an API key is for some alone.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub modules: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
        pub role: Role,
        ///The user's name; of an API key `key:` and its name.
        pub user: ::std::string::String,
    }
    impl WhoAmI {
        pub fn builder() -> builder::WhoAmI {
            Default::default()
        }
    }
    ///`WriteModuleLogIdempotencyKey`
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct WriteModuleLogIdempotencyKey(::std::string::String);
    impl ::std::ops::Deref for WriteModuleLogIdempotencyKey {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<WriteModuleLogIdempotencyKey> for ::std::string::String {
        fn from(value: WriteModuleLogIdempotencyKey) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for WriteModuleLogIdempotencyKey {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 128usize {
                return Err("longer than 128 characters".into());
            }
            if value.chars().count() < 1usize {
                return Err("shorter than 1 characters".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for WriteModuleLogIdempotencyKey {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String>
    for WriteModuleLogIdempotencyKey {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for WriteModuleLogIdempotencyKey {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    /// Types for composing complex structures.
    pub mod builder {
        #[derive(Clone, Debug)]
        pub struct Accepted {
            generation: ::std::result::Result<u64, ::std::string::String>,
        }
        impl ::std::default::Default for Accepted {
            fn default() -> Self {
                Self {
                    generation: Err("no value supplied for generation".to_string()),
                }
            }
        }
        impl Accepted {
            pub fn generation<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u64>,
                T::Error: ::std::fmt::Display,
            {
                self.generation = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for generation: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Accepted> for super::Accepted {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Accepted,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    generation: value.generation?,
                })
            }
        }
        impl ::std::convert::From<super::Accepted> for Accepted {
            fn from(value: super::Accepted) -> Self {
                Self {
                    generation: Ok(value.generation),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct Account {
            api_key: ::std::result::Result<
                ::std::option::Option<super::ApiKeySettings>,
                ::std::string::String,
            >,
            changed_at: ::std::result::Result<
                ::std::string::String,
                ::std::string::String,
            >,
            kind: ::std::result::Result<super::AccountKind, ::std::string::String>,
            name: ::std::result::Result<::std::string::String, ::std::string::String>,
            removed: ::std::result::Result<bool, ::std::string::String>,
            user: ::std::result::Result<
                ::std::option::Option<super::UserRecord>,
                ::std::string::String,
            >,
            version: ::std::result::Result<
                ::std::num::NonZeroU64,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for Account {
            fn default() -> Self {
                Self {
                    api_key: Ok(Default::default()),
                    changed_at: Err("no value supplied for changed_at".to_string()),
                    kind: Err("no value supplied for kind".to_string()),
                    name: Err("no value supplied for name".to_string()),
                    removed: Err("no value supplied for removed".to_string()),
                    user: Ok(Default::default()),
                    version: Err("no value supplied for version".to_string()),
                }
            }
        }
        impl Account {
            pub fn api_key<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<super::ApiKeySettings>>,
                T::Error: ::std::fmt::Display,
            {
                self.api_key = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for api_key: {e}")
                    });
                self
            }
            pub fn changed_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.changed_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for changed_at: {e}")
                    });
                self
            }
            pub fn kind<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::AccountKind>,
                T::Error: ::std::fmt::Display,
            {
                self.kind = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for kind: {e}")
                    });
                self
            }
            pub fn name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.name = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for name: {e}")
                    });
                self
            }
            pub fn removed<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<bool>,
                T::Error: ::std::fmt::Display,
            {
                self.removed = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for removed: {e}")
                    });
                self
            }
            pub fn user<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<super::UserRecord>>,
                T::Error: ::std::fmt::Display,
            {
                self.user = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for user: {e}")
                    });
                self
            }
            pub fn version<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::num::NonZeroU64>,
                T::Error: ::std::fmt::Display,
            {
                self.version = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for version: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Account> for super::Account {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Account,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    api_key: value.api_key?,
                    changed_at: value.changed_at?,
                    kind: value.kind?,
                    name: value.name?,
                    removed: value.removed?,
                    user: value.user?,
                    version: value.version?,
                })
            }
        }
        impl ::std::convert::From<super::Account> for Account {
            fn from(value: super::Account) -> Self {
                Self {
                    api_key: Ok(value.api_key),
                    changed_at: Ok(value.changed_at),
                    kind: Ok(value.kind),
                    name: Ok(value.name),
                    removed: Ok(value.removed),
                    user: Ok(value.user),
                    version: Ok(value.version),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct AccountList {
            accounts: ::std::result::Result<
                ::std::vec::Vec<super::Account>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for AccountList {
            fn default() -> Self {
                Self {
                    accounts: Err("no value supplied for accounts".to_string()),
                }
            }
        }
        impl AccountList {
            pub fn accounts<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::Account>>,
                T::Error: ::std::fmt::Display,
            {
                self.accounts = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for accounts: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<AccountList> for super::AccountList {
            type Error = super::error::ConversionError;
            fn try_from(
                value: AccountList,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self { accounts: value.accounts? })
            }
        }
        impl ::std::convert::From<super::AccountList> for AccountList {
            fn from(value: super::AccountList) -> Self {
                Self {
                    accounts: Ok(value.accounts),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct ApiKey {
            created_at: ::std::result::Result<
                ::std::string::String,
                ::std::string::String,
            >,
            created_by: ::std::result::Result<
                ::std::string::String,
                ::std::string::String,
            >,
            expires_at: ::std::result::Result<
                ::std::string::String,
                ::std::string::String,
            >,
            former_until: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            modules: ::std::result::Result<
                ::std::option::Option<::std::vec::Vec<::std::string::String>>,
                ::std::string::String,
            >,
            name: ::std::result::Result<::std::string::String, ::std::string::String>,
            role: ::std::result::Result<super::Role, ::std::string::String>,
        }
        impl ::std::default::Default for ApiKey {
            fn default() -> Self {
                Self {
                    created_at: Err("no value supplied for created_at".to_string()),
                    created_by: Err("no value supplied for created_by".to_string()),
                    expires_at: Err("no value supplied for expires_at".to_string()),
                    former_until: Ok(Default::default()),
                    modules: Ok(Default::default()),
                    name: Err("no value supplied for name".to_string()),
                    role: Err("no value supplied for role".to_string()),
                }
            }
        }
        impl ApiKey {
            pub fn created_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.created_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for created_at: {e}")
                    });
                self
            }
            pub fn created_by<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.created_by = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for created_by: {e}")
                    });
                self
            }
            pub fn expires_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.expires_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for expires_at: {e}")
                    });
                self
            }
            pub fn former_until<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.former_until = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for former_until: {e}")
                    });
                self
            }
            pub fn modules<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<::std::vec::Vec<::std::string::String>>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.modules = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for modules: {e}")
                    });
                self
            }
            pub fn name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.name = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for name: {e}")
                    });
                self
            }
            pub fn role<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::Role>,
                T::Error: ::std::fmt::Display,
            {
                self.role = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for role: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<ApiKey> for super::ApiKey {
            type Error = super::error::ConversionError;
            fn try_from(
                value: ApiKey,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    created_at: value.created_at?,
                    created_by: value.created_by?,
                    expires_at: value.expires_at?,
                    former_until: value.former_until?,
                    modules: value.modules?,
                    name: value.name?,
                    role: value.role?,
                })
            }
        }
        impl ::std::convert::From<super::ApiKey> for ApiKey {
            fn from(value: super::ApiKey) -> Self {
                Self {
                    created_at: Ok(value.created_at),
                    created_by: Ok(value.created_by),
                    expires_at: Ok(value.expires_at),
                    former_until: Ok(value.former_until),
                    modules: Ok(value.modules),
                    name: Ok(value.name),
                    role: Ok(value.role),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct ApiKeyList {
            api_keys: ::std::result::Result<
                ::std::vec::Vec<super::ApiKey>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for ApiKeyList {
            fn default() -> Self {
                Self {
                    api_keys: Err("no value supplied for api_keys".to_string()),
                }
            }
        }
        impl ApiKeyList {
            pub fn api_keys<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::ApiKey>>,
                T::Error: ::std::fmt::Display,
            {
                self.api_keys = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for api_keys: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<ApiKeyList> for super::ApiKeyList {
            type Error = super::error::ConversionError;
            fn try_from(
                value: ApiKeyList,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self { api_keys: value.api_keys? })
            }
        }
        impl ::std::convert::From<super::ApiKeyList> for ApiKeyList {
            fn from(value: super::ApiKeyList) -> Self {
                Self {
                    api_keys: Ok(value.api_keys),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct ApiKeyRotation {
            overlap_s: ::std::result::Result<
                ::std::option::Option<u32>,
                ::std::string::String,
            >,
            valid_for_days: ::std::result::Result<
                ::std::option::Option<::std::num::NonZeroU32>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for ApiKeyRotation {
            fn default() -> Self {
                Self {
                    overlap_s: Ok(Default::default()),
                    valid_for_days: Ok(Default::default()),
                }
            }
        }
        impl ApiKeyRotation {
            pub fn overlap_s<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<u32>>,
                T::Error: ::std::fmt::Display,
            {
                self.overlap_s = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for overlap_s: {e}")
                    });
                self
            }
            pub fn valid_for_days<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<::std::num::NonZeroU32>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.valid_for_days = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for valid_for_days: {e}"
                        )
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<ApiKeyRotation> for super::ApiKeyRotation {
            type Error = super::error::ConversionError;
            fn try_from(
                value: ApiKeyRotation,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    overlap_s: value.overlap_s?,
                    valid_for_days: value.valid_for_days?,
                })
            }
        }
        impl ::std::convert::From<super::ApiKeyRotation> for ApiKeyRotation {
            fn from(value: super::ApiKeyRotation) -> Self {
                Self {
                    overlap_s: Ok(value.overlap_s),
                    valid_for_days: Ok(value.valid_for_days),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct ApiKeySettings {
            created_at: ::std::result::Result<
                ::std::string::String,
                ::std::string::String,
            >,
            created_by: ::std::result::Result<
                ::std::string::String,
                ::std::string::String,
            >,
            digest: ::std::result::Result<::std::string::String, ::std::string::String>,
            expires_at_s: ::std::result::Result<u64, ::std::string::String>,
            former: ::std::result::Result<
                ::std::option::Option<super::FormerApiKey>,
                ::std::string::String,
            >,
            modules: ::std::result::Result<
                ::std::option::Option<::std::vec::Vec<::std::string::String>>,
                ::std::string::String,
            >,
            role: ::std::result::Result<super::Role, ::std::string::String>,
        }
        impl ::std::default::Default for ApiKeySettings {
            fn default() -> Self {
                Self {
                    created_at: Err("no value supplied for created_at".to_string()),
                    created_by: Err("no value supplied for created_by".to_string()),
                    digest: Err("no value supplied for digest".to_string()),
                    expires_at_s: Err("no value supplied for expires_at_s".to_string()),
                    former: Ok(Default::default()),
                    modules: Ok(Default::default()),
                    role: Err("no value supplied for role".to_string()),
                }
            }
        }
        impl ApiKeySettings {
            pub fn created_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.created_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for created_at: {e}")
                    });
                self
            }
            pub fn created_by<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.created_by = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for created_by: {e}")
                    });
                self
            }
            pub fn digest<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.digest = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for digest: {e}")
                    });
                self
            }
            pub fn expires_at_s<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u64>,
                T::Error: ::std::fmt::Display,
            {
                self.expires_at_s = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for expires_at_s: {e}")
                    });
                self
            }
            pub fn former<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<super::FormerApiKey>>,
                T::Error: ::std::fmt::Display,
            {
                self.former = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for former: {e}")
                    });
                self
            }
            pub fn modules<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<::std::vec::Vec<::std::string::String>>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.modules = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for modules: {e}")
                    });
                self
            }
            pub fn role<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::Role>,
                T::Error: ::std::fmt::Display,
            {
                self.role = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for role: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<ApiKeySettings> for super::ApiKeySettings {
            type Error = super::error::ConversionError;
            fn try_from(
                value: ApiKeySettings,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    created_at: value.created_at?,
                    created_by: value.created_by?,
                    digest: value.digest?,
                    expires_at_s: value.expires_at_s?,
                    former: value.former?,
                    modules: value.modules?,
                    role: value.role?,
                })
            }
        }
        impl ::std::convert::From<super::ApiKeySettings> for ApiKeySettings {
            fn from(value: super::ApiKeySettings) -> Self {
                Self {
                    created_at: Ok(value.created_at),
                    created_by: Ok(value.created_by),
                    digest: Ok(value.digest),
                    expires_at_s: Ok(value.expires_at_s),
                    former: Ok(value.former),
                    modules: Ok(value.modules),
                    role: Ok(value.role),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct Applied {
            generation: ::std::result::Result<u64, ::std::string::String>,
            revision: ::std::result::Result<u64, ::std::string::String>,
            signature: ::std::result::Result<
                ::std::string::String,
                ::std::string::String,
            >,
            warnings: ::std::result::Result<
                ::std::vec::Vec<super::ConfigProblem>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for Applied {
            fn default() -> Self {
                Self {
                    generation: Err("no value supplied for generation".to_string()),
                    revision: Err("no value supplied for revision".to_string()),
                    signature: Err("no value supplied for signature".to_string()),
                    warnings: Err("no value supplied for warnings".to_string()),
                }
            }
        }
        impl Applied {
            pub fn generation<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u64>,
                T::Error: ::std::fmt::Display,
            {
                self.generation = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for generation: {e}")
                    });
                self
            }
            pub fn revision<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u64>,
                T::Error: ::std::fmt::Display,
            {
                self.revision = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for revision: {e}")
                    });
                self
            }
            pub fn signature<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.signature = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for signature: {e}")
                    });
                self
            }
            pub fn warnings<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::ConfigProblem>>,
                T::Error: ::std::fmt::Display,
            {
                self.warnings = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for warnings: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Applied> for super::Applied {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Applied,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    generation: value.generation?,
                    revision: value.revision?,
                    signature: value.signature?,
                    warnings: value.warnings?,
                })
            }
        }
        impl ::std::convert::From<super::Applied> for Applied {
            fn from(value: super::Applied) -> Self {
                Self {
                    generation: Ok(value.generation),
                    revision: Ok(value.revision),
                    signature: Ok(value.signature),
                    warnings: Ok(value.warnings),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct Assignment {
            by: ::std::result::Result<::std::string::String, ::std::string::String>,
            reason: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            since: ::std::result::Result<::std::string::String, ::std::string::String>,
            value: ::std::result::Result<::std::string::String, ::std::string::String>,
        }
        impl ::std::default::Default for Assignment {
            fn default() -> Self {
                Self {
                    by: Err("no value supplied for by".to_string()),
                    reason: Ok(Default::default()),
                    since: Err("no value supplied for since".to_string()),
                    value: Err("no value supplied for value".to_string()),
                }
            }
        }
        impl Assignment {
            pub fn by<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.by = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for by: {e}"));
                self
            }
            pub fn reason<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.reason = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for reason: {e}")
                    });
                self
            }
            pub fn since<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.since = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for since: {e}")
                    });
                self
            }
            pub fn value<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.value = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for value: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Assignment> for super::Assignment {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Assignment,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    by: value.by?,
                    reason: value.reason?,
                    since: value.since?,
                    value: value.value?,
                })
            }
        }
        impl ::std::convert::From<super::Assignment> for Assignment {
            fn from(value: super::Assignment) -> Self {
                Self {
                    by: Ok(value.by),
                    reason: Ok(value.reason),
                    since: Ok(value.since),
                    value: Ok(value.value),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct AuditEntry {
            at: ::std::result::Result<::std::string::String, ::std::string::String>,
            caller: ::std::result::Result<::std::string::String, ::std::string::String>,
            id: ::std::result::Result<u64, ::std::string::String>,
            operation: ::std::result::Result<
                ::std::string::String,
                ::std::string::String,
            >,
            outcome: ::std::result::Result<::std::string::String, ::std::string::String>,
            target: ::std::result::Result<::std::string::String, ::std::string::String>,
        }
        impl ::std::default::Default for AuditEntry {
            fn default() -> Self {
                Self {
                    at: Err("no value supplied for at".to_string()),
                    caller: Err("no value supplied for caller".to_string()),
                    id: Err("no value supplied for id".to_string()),
                    operation: Err("no value supplied for operation".to_string()),
                    outcome: Err("no value supplied for outcome".to_string()),
                    target: Err("no value supplied for target".to_string()),
                }
            }
        }
        impl AuditEntry {
            pub fn at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.at = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for at: {e}"));
                self
            }
            pub fn caller<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.caller = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for caller: {e}")
                    });
                self
            }
            pub fn id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u64>,
                T::Error: ::std::fmt::Display,
            {
                self.id = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for id: {e}"));
                self
            }
            pub fn operation<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.operation = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for operation: {e}")
                    });
                self
            }
            pub fn outcome<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.outcome = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for outcome: {e}")
                    });
                self
            }
            pub fn target<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.target = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for target: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<AuditEntry> for super::AuditEntry {
            type Error = super::error::ConversionError;
            fn try_from(
                value: AuditEntry,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    at: value.at?,
                    caller: value.caller?,
                    id: value.id?,
                    operation: value.operation?,
                    outcome: value.outcome?,
                    target: value.target?,
                })
            }
        }
        impl ::std::convert::From<super::AuditEntry> for AuditEntry {
            fn from(value: super::AuditEntry) -> Self {
                Self {
                    at: Ok(value.at),
                    caller: Ok(value.caller),
                    id: Ok(value.id),
                    operation: Ok(value.operation),
                    outcome: Ok(value.outcome),
                    target: Ok(value.target),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct AuditTrail {
            entries: ::std::result::Result<
                ::std::vec::Vec<super::AuditEntry>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for AuditTrail {
            fn default() -> Self {
                Self {
                    entries: Err("no value supplied for entries".to_string()),
                }
            }
        }
        impl AuditTrail {
            pub fn entries<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::AuditEntry>>,
                T::Error: ::std::fmt::Display,
            {
                self.entries = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for entries: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<AuditTrail> for super::AuditTrail {
            type Error = super::error::ConversionError;
            fn try_from(
                value: AuditTrail,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self { entries: value.entries? })
            }
        }
        impl ::std::convert::From<super::AuditTrail> for AuditTrail {
            fn from(value: super::AuditTrail) -> Self {
                Self { entries: Ok(value.entries) }
            }
        }
        #[derive(Clone, Debug)]
        pub struct Authority {
            certificate: ::std::result::Result<
                ::std::string::String,
                ::std::string::String,
            >,
            fingerprint: ::std::result::Result<
                ::std::string::String,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for Authority {
            fn default() -> Self {
                Self {
                    certificate: Err("no value supplied for certificate".to_string()),
                    fingerprint: Err("no value supplied for fingerprint".to_string()),
                }
            }
        }
        impl Authority {
            pub fn certificate<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.certificate = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for certificate: {e}")
                    });
                self
            }
            pub fn fingerprint<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.fingerprint = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for fingerprint: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Authority> for super::Authority {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Authority,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    certificate: value.certificate?,
                    fingerprint: value.fingerprint?,
                })
            }
        }
        impl ::std::convert::From<super::Authority> for Authority {
            fn from(value: super::Authority) -> Self {
                Self {
                    certificate: Ok(value.certificate),
                    fingerprint: Ok(value.fingerprint),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct AutomaticActions {
            count: ::std::result::Result<u32, ::std::string::String>,
            interval_s: ::std::result::Result<u64, ::std::string::String>,
            max: ::std::result::Result<u32, ::std::string::String>,
        }
        impl ::std::default::Default for AutomaticActions {
            fn default() -> Self {
                Self {
                    count: Err("no value supplied for count".to_string()),
                    interval_s: Err("no value supplied for interval_s".to_string()),
                    max: Err("no value supplied for max".to_string()),
                }
            }
        }
        impl AutomaticActions {
            pub fn count<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u32>,
                T::Error: ::std::fmt::Display,
            {
                self.count = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for count: {e}")
                    });
                self
            }
            pub fn interval_s<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u64>,
                T::Error: ::std::fmt::Display,
            {
                self.interval_s = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for interval_s: {e}")
                    });
                self
            }
            pub fn max<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u32>,
                T::Error: ::std::fmt::Display,
            {
                self.max = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for max: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<AutomaticActions> for super::AutomaticActions {
            type Error = super::error::ConversionError;
            fn try_from(
                value: AutomaticActions,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    count: value.count?,
                    interval_s: value.interval_s?,
                    max: value.max?,
                })
            }
        }
        impl ::std::convert::From<super::AutomaticActions> for AutomaticActions {
            fn from(value: super::AutomaticActions) -> Self {
                Self {
                    count: Ok(value.count),
                    interval_s: Ok(value.interval_s),
                    max: Ok(value.max),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct Backend {
            hook: ::std::result::Result<::std::string::String, ::std::string::String>,
            name: ::std::result::Result<::std::string::String, ::std::string::String>,
            why: ::std::result::Result<::std::string::String, ::std::string::String>,
        }
        impl ::std::default::Default for Backend {
            fn default() -> Self {
                Self {
                    hook: Err("no value supplied for hook".to_string()),
                    name: Err("no value supplied for name".to_string()),
                    why: Err("no value supplied for why".to_string()),
                }
            }
        }
        impl Backend {
            pub fn hook<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.hook = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for hook: {e}")
                    });
                self
            }
            pub fn name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.name = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for name: {e}")
                    });
                self
            }
            pub fn why<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.why = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for why: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Backend> for super::Backend {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Backend,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    hook: value.hook?,
                    name: value.name?,
                    why: value.why?,
                })
            }
        }
        impl ::std::convert::From<super::Backend> for Backend {
            fn from(value: super::Backend) -> Self {
                Self {
                    hook: Ok(value.hook),
                    name: Ok(value.name),
                    why: Ok(value.why),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct BootSwitch {
            enabled: ::std::result::Result<bool, ::std::string::String>,
        }
        impl ::std::default::Default for BootSwitch {
            fn default() -> Self {
                Self {
                    enabled: Err("no value supplied for enabled".to_string()),
                }
            }
        }
        impl BootSwitch {
            pub fn enabled<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<bool>,
                T::Error: ::std::fmt::Display,
            {
                self.enabled = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for enabled: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<BootSwitch> for super::BootSwitch {
            type Error = super::error::ConversionError;
            fn try_from(
                value: BootSwitch,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self { enabled: value.enabled? })
            }
        }
        impl ::std::convert::From<super::BootSwitch> for BootSwitch {
            fn from(value: super::BootSwitch) -> Self {
                Self { enabled: Ok(value.enabled) }
            }
        }
        #[derive(Clone, Debug)]
        pub struct BucketRun {
            count: ::std::result::Result<u16, ::std::string::String>,
            first: ::std::result::Result<u16, ::std::string::String>,
            flows_opened: ::std::result::Result<
                ::std::option::Option<u64>,
                ::std::string::String,
            >,
            owner: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            previous_owner: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            state: ::std::result::Result<super::BucketState, ::std::string::String>,
        }
        impl ::std::default::Default for BucketRun {
            fn default() -> Self {
                Self {
                    count: Err("no value supplied for count".to_string()),
                    first: Err("no value supplied for first".to_string()),
                    flows_opened: Ok(Default::default()),
                    owner: Ok(Default::default()),
                    previous_owner: Ok(Default::default()),
                    state: Err("no value supplied for state".to_string()),
                }
            }
        }
        impl BucketRun {
            pub fn count<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u16>,
                T::Error: ::std::fmt::Display,
            {
                self.count = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for count: {e}")
                    });
                self
            }
            pub fn first<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u16>,
                T::Error: ::std::fmt::Display,
            {
                self.first = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for first: {e}")
                    });
                self
            }
            pub fn flows_opened<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<u64>>,
                T::Error: ::std::fmt::Display,
            {
                self.flows_opened = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for flows_opened: {e}")
                    });
                self
            }
            pub fn owner<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.owner = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for owner: {e}")
                    });
                self
            }
            pub fn previous_owner<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.previous_owner = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for previous_owner: {e}"
                        )
                    });
                self
            }
            pub fn state<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::BucketState>,
                T::Error: ::std::fmt::Display,
            {
                self.state = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for state: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<BucketRun> for super::BucketRun {
            type Error = super::error::ConversionError;
            fn try_from(
                value: BucketRun,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    count: value.count?,
                    first: value.first?,
                    flows_opened: value.flows_opened?,
                    owner: value.owner?,
                    previous_owner: value.previous_owner?,
                    state: value.state?,
                })
            }
        }
        impl ::std::convert::From<super::BucketRun> for BucketRun {
            fn from(value: super::BucketRun) -> Self {
                Self {
                    count: Ok(value.count),
                    first: Ok(value.first),
                    flows_opened: Ok(value.flows_opened),
                    owner: Ok(value.owner),
                    previous_owner: Ok(value.previous_owner),
                    state: Ok(value.state),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct Cluster {
            answered_by: ::std::result::Result<
                ::std::string::String,
                ::std::string::String,
            >,
            heartbeat_port: ::std::result::Result<u16, ::std::string::String>,
            lans: ::std::result::Result<
                ::std::vec::Vec<super::Lan>,
                ::std::string::String,
            >,
            nodes: ::std::result::Result<
                ::std::vec::Vec<super::ClusterNode>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for Cluster {
            fn default() -> Self {
                Self {
                    answered_by: Err("no value supplied for answered_by".to_string()),
                    heartbeat_port: Err(
                        "no value supplied for heartbeat_port".to_string(),
                    ),
                    lans: Err("no value supplied for lans".to_string()),
                    nodes: Err("no value supplied for nodes".to_string()),
                }
            }
        }
        impl Cluster {
            pub fn answered_by<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.answered_by = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for answered_by: {e}")
                    });
                self
            }
            pub fn heartbeat_port<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u16>,
                T::Error: ::std::fmt::Display,
            {
                self.heartbeat_port = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for heartbeat_port: {e}"
                        )
                    });
                self
            }
            pub fn lans<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::Lan>>,
                T::Error: ::std::fmt::Display,
            {
                self.lans = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for lans: {e}")
                    });
                self
            }
            pub fn nodes<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::ClusterNode>>,
                T::Error: ::std::fmt::Display,
            {
                self.nodes = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for nodes: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Cluster> for super::Cluster {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Cluster,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    answered_by: value.answered_by?,
                    heartbeat_port: value.heartbeat_port?,
                    lans: value.lans?,
                    nodes: value.nodes?,
                })
            }
        }
        impl ::std::convert::From<super::Cluster> for Cluster {
            fn from(value: super::Cluster) -> Self {
                Self {
                    answered_by: Ok(value.answered_by),
                    heartbeat_port: Ok(value.heartbeat_port),
                    lans: Ok(value.lans),
                    nodes: Ok(value.nodes),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct ClusterNode {
            addresses: ::std::result::Result<
                ::std::vec::Vec<super::NodeAddress>,
                ::std::string::String,
            >,
            alive: ::std::result::Result<bool, ::std::string::String>,
            id: ::std::result::Result<u8, ::std::string::String>,
            name: ::std::result::Result<::std::string::String, ::std::string::String>,
        }
        impl ::std::default::Default for ClusterNode {
            fn default() -> Self {
                Self {
                    addresses: Err("no value supplied for addresses".to_string()),
                    alive: Err("no value supplied for alive".to_string()),
                    id: Err("no value supplied for id".to_string()),
                    name: Err("no value supplied for name".to_string()),
                }
            }
        }
        impl ClusterNode {
            pub fn addresses<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::NodeAddress>>,
                T::Error: ::std::fmt::Display,
            {
                self.addresses = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for addresses: {e}")
                    });
                self
            }
            pub fn alive<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<bool>,
                T::Error: ::std::fmt::Display,
            {
                self.alive = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for alive: {e}")
                    });
                self
            }
            pub fn id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u8>,
                T::Error: ::std::fmt::Display,
            {
                self.id = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for id: {e}"));
                self
            }
            pub fn name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.name = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for name: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<ClusterNode> for super::ClusterNode {
            type Error = super::error::ConversionError;
            fn try_from(
                value: ClusterNode,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    addresses: value.addresses?,
                    alive: value.alive?,
                    id: value.id?,
                    name: value.name?,
                })
            }
        }
        impl ::std::convert::From<super::ClusterNode> for ClusterNode {
            fn from(value: super::ClusterNode) -> Self {
                Self {
                    addresses: Ok(value.addresses),
                    alive: Ok(value.alive),
                    id: Ok(value.id),
                    name: Ok(value.name),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct ConfigProblem {
            column: ::std::result::Result<u32, ::std::string::String>,
            line: ::std::result::Result<u32, ::std::string::String>,
            message: ::std::result::Result<::std::string::String, ::std::string::String>,
            path: ::std::result::Result<::std::string::String, ::std::string::String>,
            severity: ::std::result::Result<super::Severity, ::std::string::String>,
        }
        impl ::std::default::Default for ConfigProblem {
            fn default() -> Self {
                Self {
                    column: Err("no value supplied for column".to_string()),
                    line: Err("no value supplied for line".to_string()),
                    message: Err("no value supplied for message".to_string()),
                    path: Err("no value supplied for path".to_string()),
                    severity: Err("no value supplied for severity".to_string()),
                }
            }
        }
        impl ConfigProblem {
            pub fn column<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u32>,
                T::Error: ::std::fmt::Display,
            {
                self.column = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for column: {e}")
                    });
                self
            }
            pub fn line<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u32>,
                T::Error: ::std::fmt::Display,
            {
                self.line = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for line: {e}")
                    });
                self
            }
            pub fn message<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.message = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for message: {e}")
                    });
                self
            }
            pub fn path<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.path = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for path: {e}")
                    });
                self
            }
            pub fn severity<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::Severity>,
                T::Error: ::std::fmt::Display,
            {
                self.severity = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for severity: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<ConfigProblem> for super::ConfigProblem {
            type Error = super::error::ConversionError;
            fn try_from(
                value: ConfigProblem,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    column: value.column?,
                    line: value.line?,
                    message: value.message?,
                    path: value.path?,
                    severity: value.severity?,
                })
            }
        }
        impl ::std::convert::From<super::ConfigProblem> for ConfigProblem {
            fn from(value: super::ConfigProblem) -> Self {
                Self {
                    column: Ok(value.column),
                    line: Ok(value.line),
                    message: Ok(value.message),
                    path: Ok(value.path),
                    severity: Ok(value.severity),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct ConfigureResult {
            complete: ::std::result::Result<bool, ::std::string::String>,
            dry_run: ::std::result::Result<bool, ::std::string::String>,
            missing: ::std::result::Result<
                ::std::vec::Vec<::std::string::String>,
                ::std::string::String,
            >,
            module: ::std::result::Result<::std::string::String, ::std::string::String>,
            nodes: ::std::result::Result<
                ::std::vec::Vec<super::NodeResult>,
                ::std::string::String,
            >,
            revision: ::std::result::Result<u64, ::std::string::String>,
            signature: ::std::result::Result<
                ::std::string::String,
                ::std::string::String,
            >,
            warnings: ::std::result::Result<
                ::std::vec::Vec<super::ConfigProblem>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for ConfigureResult {
            fn default() -> Self {
                Self {
                    complete: Err("no value supplied for complete".to_string()),
                    dry_run: Err("no value supplied for dry_run".to_string()),
                    missing: Err("no value supplied for missing".to_string()),
                    module: Err("no value supplied for module".to_string()),
                    nodes: Err("no value supplied for nodes".to_string()),
                    revision: Err("no value supplied for revision".to_string()),
                    signature: Err("no value supplied for signature".to_string()),
                    warnings: Err("no value supplied for warnings".to_string()),
                }
            }
        }
        impl ConfigureResult {
            pub fn complete<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<bool>,
                T::Error: ::std::fmt::Display,
            {
                self.complete = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for complete: {e}")
                    });
                self
            }
            pub fn dry_run<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<bool>,
                T::Error: ::std::fmt::Display,
            {
                self.dry_run = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for dry_run: {e}")
                    });
                self
            }
            pub fn missing<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.missing = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for missing: {e}")
                    });
                self
            }
            pub fn module<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.module = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for module: {e}")
                    });
                self
            }
            pub fn nodes<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::NodeResult>>,
                T::Error: ::std::fmt::Display,
            {
                self.nodes = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for nodes: {e}")
                    });
                self
            }
            pub fn revision<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u64>,
                T::Error: ::std::fmt::Display,
            {
                self.revision = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for revision: {e}")
                    });
                self
            }
            pub fn signature<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.signature = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for signature: {e}")
                    });
                self
            }
            pub fn warnings<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::ConfigProblem>>,
                T::Error: ::std::fmt::Display,
            {
                self.warnings = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for warnings: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<ConfigureResult> for super::ConfigureResult {
            type Error = super::error::ConversionError;
            fn try_from(
                value: ConfigureResult,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    complete: value.complete?,
                    dry_run: value.dry_run?,
                    missing: value.missing?,
                    module: value.module?,
                    nodes: value.nodes?,
                    revision: value.revision?,
                    signature: value.signature?,
                    warnings: value.warnings?,
                })
            }
        }
        impl ::std::convert::From<super::ConfigureResult> for ConfigureResult {
            fn from(value: super::ConfigureResult) -> Self {
                Self {
                    complete: Ok(value.complete),
                    dry_run: Ok(value.dry_run),
                    missing: Ok(value.missing),
                    module: Ok(value.module),
                    nodes: Ok(value.nodes),
                    revision: Ok(value.revision),
                    signature: Ok(value.signature),
                    warnings: Ok(value.warnings),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct Credentials {
            password: ::std::result::Result<
                ::std::string::String,
                ::std::string::String,
            >,
            user: ::std::result::Result<::std::string::String, ::std::string::String>,
        }
        impl ::std::default::Default for Credentials {
            fn default() -> Self {
                Self {
                    password: Err("no value supplied for password".to_string()),
                    user: Err("no value supplied for user".to_string()),
                }
            }
        }
        impl Credentials {
            pub fn password<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.password = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for password: {e}")
                    });
                self
            }
            pub fn user<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.user = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for user: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Credentials> for super::Credentials {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Credentials,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    password: value.password?,
                    user: value.user?,
                })
            }
        }
        impl ::std::convert::From<super::Credentials> for Credentials {
            fn from(value: super::Credentials) -> Self {
                Self {
                    password: Ok(value.password),
                    user: Ok(value.user),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct Detector {
            kernel_answers: ::std::result::Result<bool, ::std::string::String>,
            late_last_us: ::std::result::Result<u64, ::std::string::String>,
            late_max_us: ::std::result::Result<u64, ::std::string::String>,
            probed: ::std::result::Result<super::Probed, ::std::string::String>,
            scheduling: ::std::result::Result<
                ::std::string::String,
                ::std::string::String,
            >,
            why: ::std::result::Result<::std::string::String, ::std::string::String>,
        }
        impl ::std::default::Default for Detector {
            fn default() -> Self {
                Self {
                    kernel_answers: Err(
                        "no value supplied for kernel_answers".to_string(),
                    ),
                    late_last_us: Err("no value supplied for late_last_us".to_string()),
                    late_max_us: Err("no value supplied for late_max_us".to_string()),
                    probed: Err("no value supplied for probed".to_string()),
                    scheduling: Err("no value supplied for scheduling".to_string()),
                    why: Err("no value supplied for why".to_string()),
                }
            }
        }
        impl Detector {
            pub fn kernel_answers<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<bool>,
                T::Error: ::std::fmt::Display,
            {
                self.kernel_answers = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for kernel_answers: {e}"
                        )
                    });
                self
            }
            pub fn late_last_us<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u64>,
                T::Error: ::std::fmt::Display,
            {
                self.late_last_us = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for late_last_us: {e}")
                    });
                self
            }
            pub fn late_max_us<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u64>,
                T::Error: ::std::fmt::Display,
            {
                self.late_max_us = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for late_max_us: {e}")
                    });
                self
            }
            pub fn probed<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::Probed>,
                T::Error: ::std::fmt::Display,
            {
                self.probed = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for probed: {e}")
                    });
                self
            }
            pub fn scheduling<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.scheduling = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for scheduling: {e}")
                    });
                self
            }
            pub fn why<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.why = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for why: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Detector> for super::Detector {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Detector,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    kernel_answers: value.kernel_answers?,
                    late_last_us: value.late_last_us?,
                    late_max_us: value.late_max_us?,
                    probed: value.probed?,
                    scheduling: value.scheduling?,
                    why: value.why?,
                })
            }
        }
        impl ::std::convert::From<super::Detector> for Detector {
            fn from(value: super::Detector) -> Self {
                Self {
                    kernel_answers: Ok(value.kernel_answers),
                    late_last_us: Ok(value.late_last_us),
                    late_max_us: Ok(value.late_max_us),
                    probed: Ok(value.probed),
                    scheduling: Ok(value.scheduling),
                    why: Ok(value.why),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct FeedEvent {
            action: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            at: ::std::result::Result<::std::string::String, ::std::string::String>,
            by: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            epoch: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            id: ::std::result::Result<::std::string::String, ::std::string::String>,
            kind: ::std::result::Result<super::EventKind, ::std::string::String>,
            level: ::std::result::Result<super::LogLevel, ::std::string::String>,
            members: ::std::result::Result<
                ::std::vec::Vec<::std::string::String>,
                ::std::string::String,
            >,
            message: ::std::result::Result<::std::string::String, ::std::string::String>,
            module: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            node: ::std::result::Result<::std::string::String, ::std::string::String>,
            peer: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            phase: ::std::result::Result<
                ::std::option::Option<super::Phase>,
                ::std::string::String,
            >,
            readiness: ::std::result::Result<
                ::std::option::Option<super::Readiness>,
                ::std::string::String,
            >,
            resource: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            rule: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            script: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            value: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for FeedEvent {
            fn default() -> Self {
                Self {
                    action: Ok(Default::default()),
                    at: Err("no value supplied for at".to_string()),
                    by: Ok(Default::default()),
                    epoch: Ok(Default::default()),
                    id: Err("no value supplied for id".to_string()),
                    kind: Err("no value supplied for kind".to_string()),
                    level: Err("no value supplied for level".to_string()),
                    members: Ok(Default::default()),
                    message: Err("no value supplied for message".to_string()),
                    module: Ok(Default::default()),
                    node: Err("no value supplied for node".to_string()),
                    peer: Ok(Default::default()),
                    phase: Ok(Default::default()),
                    readiness: Ok(Default::default()),
                    resource: Ok(Default::default()),
                    rule: Ok(Default::default()),
                    script: Ok(Default::default()),
                    value: Ok(Default::default()),
                }
            }
        }
        impl FeedEvent {
            pub fn action<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.action = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for action: {e}")
                    });
                self
            }
            pub fn at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.at = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for at: {e}"));
                self
            }
            pub fn by<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.by = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for by: {e}"));
                self
            }
            pub fn epoch<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.epoch = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for epoch: {e}")
                    });
                self
            }
            pub fn id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.id = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for id: {e}"));
                self
            }
            pub fn kind<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::EventKind>,
                T::Error: ::std::fmt::Display,
            {
                self.kind = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for kind: {e}")
                    });
                self
            }
            pub fn level<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::LogLevel>,
                T::Error: ::std::fmt::Display,
            {
                self.level = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for level: {e}")
                    });
                self
            }
            pub fn members<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.members = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for members: {e}")
                    });
                self
            }
            pub fn message<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.message = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for message: {e}")
                    });
                self
            }
            pub fn module<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.module = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for module: {e}")
                    });
                self
            }
            pub fn node<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.node = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for node: {e}")
                    });
                self
            }
            pub fn peer<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.peer = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for peer: {e}")
                    });
                self
            }
            pub fn phase<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<super::Phase>>,
                T::Error: ::std::fmt::Display,
            {
                self.phase = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for phase: {e}")
                    });
                self
            }
            pub fn readiness<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<super::Readiness>>,
                T::Error: ::std::fmt::Display,
            {
                self.readiness = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for readiness: {e}")
                    });
                self
            }
            pub fn resource<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.resource = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for resource: {e}")
                    });
                self
            }
            pub fn rule<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.rule = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for rule: {e}")
                    });
                self
            }
            pub fn script<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.script = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for script: {e}")
                    });
                self
            }
            pub fn value<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.value = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for value: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<FeedEvent> for super::FeedEvent {
            type Error = super::error::ConversionError;
            fn try_from(
                value: FeedEvent,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    action: value.action?,
                    at: value.at?,
                    by: value.by?,
                    epoch: value.epoch?,
                    id: value.id?,
                    kind: value.kind?,
                    level: value.level?,
                    members: value.members?,
                    message: value.message?,
                    module: value.module?,
                    node: value.node?,
                    peer: value.peer?,
                    phase: value.phase?,
                    readiness: value.readiness?,
                    resource: value.resource?,
                    rule: value.rule?,
                    script: value.script?,
                    value: value.value?,
                })
            }
        }
        impl ::std::convert::From<super::FeedEvent> for FeedEvent {
            fn from(value: super::FeedEvent) -> Self {
                Self {
                    action: Ok(value.action),
                    at: Ok(value.at),
                    by: Ok(value.by),
                    epoch: Ok(value.epoch),
                    id: Ok(value.id),
                    kind: Ok(value.kind),
                    level: Ok(value.level),
                    members: Ok(value.members),
                    message: Ok(value.message),
                    module: Ok(value.module),
                    node: Ok(value.node),
                    peer: Ok(value.peer),
                    phase: Ok(value.phase),
                    readiness: Ok(value.readiness),
                    resource: Ok(value.resource),
                    rule: Ok(value.rule),
                    script: Ok(value.script),
                    value: Ok(value.value),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct FlowOwner {
            bucket: ::std::result::Result<
                ::std::option::Option<u16>,
                ::std::string::String,
            >,
            continues: ::std::result::Result<
                ::std::option::Option<super::FlowVerdict>,
                ::std::string::String,
            >,
            group: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            hashed: ::std::result::Result<
                ::std::option::Option<super::Hashed>,
                ::std::string::String,
            >,
            opens: ::std::result::Result<
                ::std::option::Option<super::FlowVerdict>,
                ::std::string::String,
            >,
            owner: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            previous_owner: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            rule: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            state: ::std::result::Result<
                ::std::option::Option<super::BucketState>,
                ::std::string::String,
            >,
            why: ::std::result::Result<::std::string::String, ::std::string::String>,
        }
        impl ::std::default::Default for FlowOwner {
            fn default() -> Self {
                Self {
                    bucket: Ok(Default::default()),
                    continues: Ok(Default::default()),
                    group: Ok(Default::default()),
                    hashed: Ok(Default::default()),
                    opens: Ok(Default::default()),
                    owner: Ok(Default::default()),
                    previous_owner: Ok(Default::default()),
                    rule: Ok(Default::default()),
                    state: Ok(Default::default()),
                    why: Err("no value supplied for why".to_string()),
                }
            }
        }
        impl FlowOwner {
            pub fn bucket<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<u16>>,
                T::Error: ::std::fmt::Display,
            {
                self.bucket = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for bucket: {e}")
                    });
                self
            }
            pub fn continues<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<super::FlowVerdict>>,
                T::Error: ::std::fmt::Display,
            {
                self.continues = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for continues: {e}")
                    });
                self
            }
            pub fn group<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.group = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for group: {e}")
                    });
                self
            }
            pub fn hashed<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<super::Hashed>>,
                T::Error: ::std::fmt::Display,
            {
                self.hashed = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for hashed: {e}")
                    });
                self
            }
            pub fn opens<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<super::FlowVerdict>>,
                T::Error: ::std::fmt::Display,
            {
                self.opens = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for opens: {e}")
                    });
                self
            }
            pub fn owner<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.owner = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for owner: {e}")
                    });
                self
            }
            pub fn previous_owner<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.previous_owner = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for previous_owner: {e}"
                        )
                    });
                self
            }
            pub fn rule<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.rule = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for rule: {e}")
                    });
                self
            }
            pub fn state<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<super::BucketState>>,
                T::Error: ::std::fmt::Display,
            {
                self.state = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for state: {e}")
                    });
                self
            }
            pub fn why<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.why = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for why: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<FlowOwner> for super::FlowOwner {
            type Error = super::error::ConversionError;
            fn try_from(
                value: FlowOwner,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    bucket: value.bucket?,
                    continues: value.continues?,
                    group: value.group?,
                    hashed: value.hashed?,
                    opens: value.opens?,
                    owner: value.owner?,
                    previous_owner: value.previous_owner?,
                    rule: value.rule?,
                    state: value.state?,
                    why: value.why?,
                })
            }
        }
        impl ::std::convert::From<super::FlowOwner> for FlowOwner {
            fn from(value: super::FlowOwner) -> Self {
                Self {
                    bucket: Ok(value.bucket),
                    continues: Ok(value.continues),
                    group: Ok(value.group),
                    hashed: Ok(value.hashed),
                    opens: Ok(value.opens),
                    owner: Ok(value.owner),
                    previous_owner: Ok(value.previous_owner),
                    rule: Ok(value.rule),
                    state: Ok(value.state),
                    why: Ok(value.why),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct FlowVerdict {
            action: ::std::result::Result<super::FlowAction, ::std::string::String>,
            reason: ::std::result::Result<::std::string::String, ::std::string::String>,
            to: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for FlowVerdict {
            fn default() -> Self {
                Self {
                    action: Err("no value supplied for action".to_string()),
                    reason: Err("no value supplied for reason".to_string()),
                    to: Ok(Default::default()),
                }
            }
        }
        impl FlowVerdict {
            pub fn action<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::FlowAction>,
                T::Error: ::std::fmt::Display,
            {
                self.action = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for action: {e}")
                    });
                self
            }
            pub fn reason<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.reason = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for reason: {e}")
                    });
                self
            }
            pub fn to<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.to = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for to: {e}"));
                self
            }
        }
        impl ::std::convert::TryFrom<FlowVerdict> for super::FlowVerdict {
            type Error = super::error::ConversionError;
            fn try_from(
                value: FlowVerdict,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    action: value.action?,
                    reason: value.reason?,
                    to: value.to?,
                })
            }
        }
        impl ::std::convert::From<super::FlowVerdict> for FlowVerdict {
            fn from(value: super::FlowVerdict) -> Self {
                Self {
                    action: Ok(value.action),
                    reason: Ok(value.reason),
                    to: Ok(value.to),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct FormerApiKey {
            digest: ::std::result::Result<::std::string::String, ::std::string::String>,
            until_s: ::std::result::Result<u64, ::std::string::String>,
        }
        impl ::std::default::Default for FormerApiKey {
            fn default() -> Self {
                Self {
                    digest: Err("no value supplied for digest".to_string()),
                    until_s: Err("no value supplied for until_s".to_string()),
                }
            }
        }
        impl FormerApiKey {
            pub fn digest<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.digest = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for digest: {e}")
                    });
                self
            }
            pub fn until_s<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u64>,
                T::Error: ::std::fmt::Display,
            {
                self.until_s = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for until_s: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<FormerApiKey> for super::FormerApiKey {
            type Error = super::error::ConversionError;
            fn try_from(
                value: FormerApiKey,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    digest: value.digest?,
                    until_s: value.until_s?,
                })
            }
        }
        impl ::std::convert::From<super::FormerApiKey> for FormerApiKey {
            fn from(value: super::FormerApiKey) -> Self {
                Self {
                    digest: Ok(value.digest),
                    until_s: Ok(value.until_s),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct GroupBuckets {
            name: ::std::result::Result<::std::string::String, ::std::string::String>,
            runs: ::std::result::Result<
                ::std::vec::Vec<super::BucketRun>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for GroupBuckets {
            fn default() -> Self {
                Self {
                    name: Err("no value supplied for name".to_string()),
                    runs: Err("no value supplied for runs".to_string()),
                }
            }
        }
        impl GroupBuckets {
            pub fn name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.name = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for name: {e}")
                    });
                self
            }
            pub fn runs<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::BucketRun>>,
                T::Error: ::std::fmt::Display,
            {
                self.runs = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for runs: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<GroupBuckets> for super::GroupBuckets {
            type Error = super::error::ConversionError;
            fn try_from(
                value: GroupBuckets,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    name: value.name?,
                    runs: value.runs?,
                })
            }
        }
        impl ::std::convert::From<super::GroupBuckets> for GroupBuckets {
            fn from(value: super::GroupBuckets) -> Self {
                Self {
                    name: Ok(value.name),
                    runs: Ok(value.runs),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct GroupShares {
            flows_opened: ::std::result::Result<u64, ::std::string::String>,
            missing: ::std::result::Result<
                ::std::vec::Vec<::std::string::String>,
                ::std::string::String,
            >,
            name: ::std::result::Result<::std::string::String, ::std::string::String>,
            nodes: ::std::result::Result<
                ::std::vec::Vec<super::NodeShare>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for GroupShares {
            fn default() -> Self {
                Self {
                    flows_opened: Err("no value supplied for flows_opened".to_string()),
                    missing: Err("no value supplied for missing".to_string()),
                    name: Err("no value supplied for name".to_string()),
                    nodes: Err("no value supplied for nodes".to_string()),
                }
            }
        }
        impl GroupShares {
            pub fn flows_opened<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u64>,
                T::Error: ::std::fmt::Display,
            {
                self.flows_opened = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for flows_opened: {e}")
                    });
                self
            }
            pub fn missing<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.missing = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for missing: {e}")
                    });
                self
            }
            pub fn name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.name = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for name: {e}")
                    });
                self
            }
            pub fn nodes<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::NodeShare>>,
                T::Error: ::std::fmt::Display,
            {
                self.nodes = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for nodes: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<GroupShares> for super::GroupShares {
            type Error = super::error::ConversionError;
            fn try_from(
                value: GroupShares,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    flows_opened: value.flows_opened?,
                    missing: value.missing?,
                    name: value.name?,
                    nodes: value.nodes?,
                })
            }
        }
        impl ::std::convert::From<super::GroupShares> for GroupShares {
            fn from(value: super::GroupShares) -> Self {
                Self {
                    flows_opened: Ok(value.flows_opened),
                    missing: Ok(value.missing),
                    name: Ok(value.name),
                    nodes: Ok(value.nodes),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct GroupStatus {
            flows_opened: ::std::result::Result<u64, ::std::string::String>,
            held: ::std::result::Result<u32, ::std::string::String>,
            migrating: ::std::result::Result<u32, ::std::string::String>,
            name: ::std::result::Result<::std::string::String, ::std::string::String>,
            nodes: ::std::result::Result<
                ::std::vec::Vec<super::Share>,
                ::std::string::String,
            >,
            open: ::std::result::Result<u32, ::std::string::String>,
            powers: ::std::result::Result<
                ::std::vec::Vec<super::NodePower>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for GroupStatus {
            fn default() -> Self {
                Self {
                    flows_opened: Err("no value supplied for flows_opened".to_string()),
                    held: Err("no value supplied for held".to_string()),
                    migrating: Err("no value supplied for migrating".to_string()),
                    name: Err("no value supplied for name".to_string()),
                    nodes: Err("no value supplied for nodes".to_string()),
                    open: Err("no value supplied for open".to_string()),
                    powers: Err("no value supplied for powers".to_string()),
                }
            }
        }
        impl GroupStatus {
            pub fn flows_opened<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u64>,
                T::Error: ::std::fmt::Display,
            {
                self.flows_opened = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for flows_opened: {e}")
                    });
                self
            }
            pub fn held<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u32>,
                T::Error: ::std::fmt::Display,
            {
                self.held = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for held: {e}")
                    });
                self
            }
            pub fn migrating<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u32>,
                T::Error: ::std::fmt::Display,
            {
                self.migrating = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for migrating: {e}")
                    });
                self
            }
            pub fn name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.name = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for name: {e}")
                    });
                self
            }
            pub fn nodes<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::Share>>,
                T::Error: ::std::fmt::Display,
            {
                self.nodes = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for nodes: {e}")
                    });
                self
            }
            pub fn open<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u32>,
                T::Error: ::std::fmt::Display,
            {
                self.open = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for open: {e}")
                    });
                self
            }
            pub fn powers<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::NodePower>>,
                T::Error: ::std::fmt::Display,
            {
                self.powers = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for powers: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<GroupStatus> for super::GroupStatus {
            type Error = super::error::ConversionError;
            fn try_from(
                value: GroupStatus,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    flows_opened: value.flows_opened?,
                    held: value.held?,
                    migrating: value.migrating?,
                    name: value.name?,
                    nodes: value.nodes?,
                    open: value.open?,
                    powers: value.powers?,
                })
            }
        }
        impl ::std::convert::From<super::GroupStatus> for GroupStatus {
            fn from(value: super::GroupStatus) -> Self {
                Self {
                    flows_opened: Ok(value.flows_opened),
                    held: Ok(value.held),
                    migrating: Ok(value.migrating),
                    name: Ok(value.name),
                    nodes: Ok(value.nodes),
                    open: Ok(value.open),
                    powers: Ok(value.powers),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct Health {
            status: ::std::result::Result<::std::string::String, ::std::string::String>,
        }
        impl ::std::default::Default for Health {
            fn default() -> Self {
                Self {
                    status: Err("no value supplied for status".to_string()),
                }
            }
        }
        impl Health {
            pub fn status<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.status = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for status: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Health> for super::Health {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Health,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self { status: value.status? })
            }
        }
        impl ::std::convert::From<super::Health> for Health {
            fn from(value: super::Health) -> Self {
                Self { status: Ok(value.status) }
            }
        }
        #[derive(Clone, Debug)]
        pub struct Lan {
            name: ::std::result::Result<::std::string::String, ::std::string::String>,
            nodes: ::std::result::Result<
                ::std::vec::Vec<super::LanMember>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for Lan {
            fn default() -> Self {
                Self {
                    name: Err("no value supplied for name".to_string()),
                    nodes: Err("no value supplied for nodes".to_string()),
                }
            }
        }
        impl Lan {
            pub fn name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.name = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for name: {e}")
                    });
                self
            }
            pub fn nodes<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::LanMember>>,
                T::Error: ::std::fmt::Display,
            {
                self.nodes = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for nodes: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Lan> for super::Lan {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Lan,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    name: value.name?,
                    nodes: value.nodes?,
                })
            }
        }
        impl ::std::convert::From<super::Lan> for Lan {
            fn from(value: super::Lan) -> Self {
                Self {
                    name: Ok(value.name),
                    nodes: Ok(value.nodes),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct LanMember {
            address: ::std::result::Result<::std::string::String, ::std::string::String>,
            node: ::std::result::Result<::std::string::String, ::std::string::String>,
        }
        impl ::std::default::Default for LanMember {
            fn default() -> Self {
                Self {
                    address: Err("no value supplied for address".to_string()),
                    node: Err("no value supplied for node".to_string()),
                }
            }
        }
        impl LanMember {
            pub fn address<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.address = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for address: {e}")
                    });
                self
            }
            pub fn node<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.node = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for node: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<LanMember> for super::LanMember {
            type Error = super::error::ConversionError;
            fn try_from(
                value: LanMember,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    address: value.address?,
                    node: value.node?,
                })
            }
        }
        impl ::std::convert::From<super::LanMember> for LanMember {
            fn from(value: super::LanMember) -> Self {
                Self {
                    address: Ok(value.address),
                    node: Ok(value.node),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct LogEntry {
            at: ::std::result::Result<::std::string::String, ::std::string::String>,
            id: ::std::result::Result<u64, ::std::string::String>,
            level: ::std::result::Result<super::LogLevel, ::std::string::String>,
            message: ::std::result::Result<::std::string::String, ::std::string::String>,
        }
        impl ::std::default::Default for LogEntry {
            fn default() -> Self {
                Self {
                    at: Err("no value supplied for at".to_string()),
                    id: Err("no value supplied for id".to_string()),
                    level: Err("no value supplied for level".to_string()),
                    message: Err("no value supplied for message".to_string()),
                }
            }
        }
        impl LogEntry {
            pub fn at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.at = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for at: {e}"));
                self
            }
            pub fn id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u64>,
                T::Error: ::std::fmt::Display,
            {
                self.id = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for id: {e}"));
                self
            }
            pub fn level<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::LogLevel>,
                T::Error: ::std::fmt::Display,
            {
                self.level = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for level: {e}")
                    });
                self
            }
            pub fn message<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.message = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for message: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<LogEntry> for super::LogEntry {
            type Error = super::error::ConversionError;
            fn try_from(
                value: LogEntry,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    at: value.at?,
                    id: value.id?,
                    level: value.level?,
                    message: value.message?,
                })
            }
        }
        impl ::std::convert::From<super::LogEntry> for LogEntry {
            fn from(value: super::LogEntry) -> Self {
                Self {
                    at: Ok(value.at),
                    id: Ok(value.id),
                    level: Ok(value.level),
                    message: Ok(value.message),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct LogMessage {
            level: ::std::result::Result<
                ::std::option::Option<super::LogLevel>,
                ::std::string::String,
            >,
            message: ::std::result::Result<
                super::LogMessageMessage,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for LogMessage {
            fn default() -> Self {
                Self {
                    level: Ok(Default::default()),
                    message: Err("no value supplied for message".to_string()),
                }
            }
        }
        impl LogMessage {
            pub fn level<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<super::LogLevel>>,
                T::Error: ::std::fmt::Display,
            {
                self.level = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for level: {e}")
                    });
                self
            }
            pub fn message<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::LogMessageMessage>,
                T::Error: ::std::fmt::Display,
            {
                self.message = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for message: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<LogMessage> for super::LogMessage {
            type Error = super::error::ConversionError;
            fn try_from(
                value: LogMessage,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    level: value.level?,
                    message: value.message?,
                })
            }
        }
        impl ::std::convert::From<super::LogMessage> for LogMessage {
            fn from(value: super::LogMessage) -> Self {
                Self {
                    level: Ok(value.level),
                    message: Ok(value.message),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct MadeApiKey {
            api_key: ::std::result::Result<super::ApiKey, ::std::string::String>,
            complete: ::std::result::Result<bool, ::std::string::String>,
            key: ::std::result::Result<::std::string::String, ::std::string::String>,
            nodes: ::std::result::Result<
                ::std::vec::Vec<super::NodeResult>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for MadeApiKey {
            fn default() -> Self {
                Self {
                    api_key: Err("no value supplied for api_key".to_string()),
                    complete: Err("no value supplied for complete".to_string()),
                    key: Err("no value supplied for key".to_string()),
                    nodes: Err("no value supplied for nodes".to_string()),
                }
            }
        }
        impl MadeApiKey {
            pub fn api_key<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::ApiKey>,
                T::Error: ::std::fmt::Display,
            {
                self.api_key = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for api_key: {e}")
                    });
                self
            }
            pub fn complete<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<bool>,
                T::Error: ::std::fmt::Display,
            {
                self.complete = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for complete: {e}")
                    });
                self
            }
            pub fn key<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.key = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for key: {e}")
                    });
                self
            }
            pub fn nodes<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::NodeResult>>,
                T::Error: ::std::fmt::Display,
            {
                self.nodes = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for nodes: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<MadeApiKey> for super::MadeApiKey {
            type Error = super::error::ConversionError;
            fn try_from(
                value: MadeApiKey,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    api_key: value.api_key?,
                    complete: value.complete?,
                    key: value.key?,
                    nodes: value.nodes?,
                })
            }
        }
        impl ::std::convert::From<super::MadeApiKey> for MadeApiKey {
            fn from(value: super::MadeApiKey) -> Self {
                Self {
                    api_key: Ok(value.api_key),
                    complete: Ok(value.complete),
                    key: Ok(value.key),
                    nodes: Ok(value.nodes),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct Module {
            groups: ::std::result::Result<
                ::std::vec::Vec<super::GroupShares>,
                ::std::string::String,
            >,
            module: ::std::result::Result<::std::string::String, ::std::string::String>,
            nodes: ::std::result::Result<
                ::std::vec::Vec<super::ModuleEntry>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for Module {
            fn default() -> Self {
                Self {
                    groups: Err("no value supplied for groups".to_string()),
                    module: Err("no value supplied for module".to_string()),
                    nodes: Err("no value supplied for nodes".to_string()),
                }
            }
        }
        impl Module {
            pub fn groups<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::GroupShares>>,
                T::Error: ::std::fmt::Display,
            {
                self.groups = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for groups: {e}")
                    });
                self
            }
            pub fn module<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.module = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for module: {e}")
                    });
                self
            }
            pub fn nodes<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::ModuleEntry>>,
                T::Error: ::std::fmt::Display,
            {
                self.nodes = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for nodes: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Module> for super::Module {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Module,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    groups: value.groups?,
                    module: value.module?,
                    nodes: value.nodes?,
                })
            }
        }
        impl ::std::convert::From<super::Module> for Module {
            fn from(value: super::Module) -> Self {
                Self {
                    groups: Ok(value.groups),
                    module: Ok(value.module),
                    nodes: Ok(value.nodes),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct ModuleBoot {
            enabled: ::std::result::Result<bool, ::std::string::String>,
            pending: ::std::result::Result<bool, ::std::string::String>,
            setting: ::std::result::Result<super::BootSetting, ::std::string::String>,
            starts_at_next_boot: ::std::result::Result<bool, ::std::string::String>,
        }
        impl ::std::default::Default for ModuleBoot {
            fn default() -> Self {
                Self {
                    enabled: Err("no value supplied for enabled".to_string()),
                    pending: Err("no value supplied for pending".to_string()),
                    setting: Err("no value supplied for setting".to_string()),
                    starts_at_next_boot: Err(
                        "no value supplied for starts_at_next_boot".to_string(),
                    ),
                }
            }
        }
        impl ModuleBoot {
            pub fn enabled<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<bool>,
                T::Error: ::std::fmt::Display,
            {
                self.enabled = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for enabled: {e}")
                    });
                self
            }
            pub fn pending<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<bool>,
                T::Error: ::std::fmt::Display,
            {
                self.pending = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for pending: {e}")
                    });
                self
            }
            pub fn setting<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::BootSetting>,
                T::Error: ::std::fmt::Display,
            {
                self.setting = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for setting: {e}")
                    });
                self
            }
            pub fn starts_at_next_boot<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<bool>,
                T::Error: ::std::fmt::Display,
            {
                self.starts_at_next_boot = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for starts_at_next_boot: {e}"
                        )
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<ModuleBoot> for super::ModuleBoot {
            type Error = super::error::ConversionError;
            fn try_from(
                value: ModuleBoot,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    enabled: value.enabled?,
                    pending: value.pending?,
                    setting: value.setting?,
                    starts_at_next_boot: value.starts_at_next_boot?,
                })
            }
        }
        impl ::std::convert::From<super::ModuleBoot> for ModuleBoot {
            fn from(value: super::ModuleBoot) -> Self {
                Self {
                    enabled: Ok(value.enabled),
                    pending: Ok(value.pending),
                    setting: Ok(value.setting),
                    starts_at_next_boot: Ok(value.starts_at_next_boot),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct ModuleBuckets {
            epoch: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            groups: ::std::result::Result<
                ::std::vec::Vec<super::GroupBuckets>,
                ::std::string::String,
            >,
            module: ::std::result::Result<::std::string::String, ::std::string::String>,
            node: ::std::result::Result<::std::string::String, ::std::string::String>,
        }
        impl ::std::default::Default for ModuleBuckets {
            fn default() -> Self {
                Self {
                    epoch: Ok(Default::default()),
                    groups: Err("no value supplied for groups".to_string()),
                    module: Err("no value supplied for module".to_string()),
                    node: Err("no value supplied for node".to_string()),
                }
            }
        }
        impl ModuleBuckets {
            pub fn epoch<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.epoch = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for epoch: {e}")
                    });
                self
            }
            pub fn groups<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::GroupBuckets>>,
                T::Error: ::std::fmt::Display,
            {
                self.groups = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for groups: {e}")
                    });
                self
            }
            pub fn module<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.module = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for module: {e}")
                    });
                self
            }
            pub fn node<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.node = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for node: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<ModuleBuckets> for super::ModuleBuckets {
            type Error = super::error::ConversionError;
            fn try_from(
                value: ModuleBuckets,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    epoch: value.epoch?,
                    groups: value.groups?,
                    module: value.module?,
                    node: value.node?,
                })
            }
        }
        impl ::std::convert::From<super::ModuleBuckets> for ModuleBuckets {
            fn from(value: super::ModuleBuckets) -> Self {
                Self {
                    epoch: Ok(value.epoch),
                    groups: Ok(value.groups),
                    module: Ok(value.module),
                    node: Ok(value.node),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct ModuleConfiguration {
            applied_at: ::std::result::Result<
                ::std::string::String,
                ::std::string::String,
            >,
            applied_by: ::std::result::Result<
                ::std::string::String,
                ::std::string::String,
            >,
            macros: ::std::result::Result<
                ::std::collections::BTreeMap<
                    ::std::string::String,
                    ::std::string::String,
                >,
                ::std::string::String,
            >,
            module: ::std::result::Result<::std::string::String, ::std::string::String>,
            revision: ::std::result::Result<u64, ::std::string::String>,
            scripts: ::std::result::Result<
                ::std::collections::BTreeMap<
                    ::std::string::String,
                    ::std::string::String,
                >,
                ::std::string::String,
            >,
            signature: ::std::result::Result<
                ::std::string::String,
                ::std::string::String,
            >,
            userconfig: ::std::result::Result<
                ::std::string::String,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for ModuleConfiguration {
            fn default() -> Self {
                Self {
                    applied_at: Err("no value supplied for applied_at".to_string()),
                    applied_by: Err("no value supplied for applied_by".to_string()),
                    macros: Err("no value supplied for macros".to_string()),
                    module: Err("no value supplied for module".to_string()),
                    revision: Err("no value supplied for revision".to_string()),
                    scripts: Err("no value supplied for scripts".to_string()),
                    signature: Err("no value supplied for signature".to_string()),
                    userconfig: Err("no value supplied for userconfig".to_string()),
                }
            }
        }
        impl ModuleConfiguration {
            pub fn applied_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.applied_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for applied_at: {e}")
                    });
                self
            }
            pub fn applied_by<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.applied_by = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for applied_by: {e}")
                    });
                self
            }
            pub fn macros<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::collections::BTreeMap<
                        ::std::string::String,
                        ::std::string::String,
                    >,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.macros = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for macros: {e}")
                    });
                self
            }
            pub fn module<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.module = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for module: {e}")
                    });
                self
            }
            pub fn revision<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u64>,
                T::Error: ::std::fmt::Display,
            {
                self.revision = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for revision: {e}")
                    });
                self
            }
            pub fn scripts<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::collections::BTreeMap<
                        ::std::string::String,
                        ::std::string::String,
                    >,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.scripts = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for scripts: {e}")
                    });
                self
            }
            pub fn signature<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.signature = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for signature: {e}")
                    });
                self
            }
            pub fn userconfig<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.userconfig = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for userconfig: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<ModuleConfiguration>
        for super::ModuleConfiguration {
            type Error = super::error::ConversionError;
            fn try_from(
                value: ModuleConfiguration,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    applied_at: value.applied_at?,
                    applied_by: value.applied_by?,
                    macros: value.macros?,
                    module: value.module?,
                    revision: value.revision?,
                    scripts: value.scripts?,
                    signature: value.signature?,
                    userconfig: value.userconfig?,
                })
            }
        }
        impl ::std::convert::From<super::ModuleConfiguration> for ModuleConfiguration {
            fn from(value: super::ModuleConfiguration) -> Self {
                Self {
                    applied_at: Ok(value.applied_at),
                    applied_by: Ok(value.applied_by),
                    macros: Ok(value.macros),
                    module: Ok(value.module),
                    revision: Ok(value.revision),
                    scripts: Ok(value.scripts),
                    signature: Ok(value.signature),
                    userconfig: Ok(value.userconfig),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct ModuleEntry {
            node: ::std::result::Result<::std::string::String, ::std::string::String>,
            problem: ::std::result::Result<
                ::std::option::Option<super::Problem>,
                ::std::string::String,
            >,
            status: ::std::result::Result<
                ::std::option::Option<super::ModuleStatus>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for ModuleEntry {
            fn default() -> Self {
                Self {
                    node: Err("no value supplied for node".to_string()),
                    problem: Ok(Default::default()),
                    status: Ok(Default::default()),
                }
            }
        }
        impl ModuleEntry {
            pub fn node<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.node = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for node: {e}")
                    });
                self
            }
            pub fn problem<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<super::Problem>>,
                T::Error: ::std::fmt::Display,
            {
                self.problem = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for problem: {e}")
                    });
                self
            }
            pub fn status<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<super::ModuleStatus>>,
                T::Error: ::std::fmt::Display,
            {
                self.status = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for status: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<ModuleEntry> for super::ModuleEntry {
            type Error = super::error::ConversionError;
            fn try_from(
                value: ModuleEntry,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    node: value.node?,
                    problem: value.problem?,
                    status: value.status?,
                })
            }
        }
        impl ::std::convert::From<super::ModuleEntry> for ModuleEntry {
            fn from(value: super::ModuleEntry) -> Self {
                Self {
                    node: Ok(value.node),
                    problem: Ok(value.problem),
                    status: Ok(value.status),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct ModuleInterface {
            answers: ::std::result::Result<super::Answers, ::std::string::String>,
            entry_mode: ::std::result::Result<super::EntryMode, ::std::string::String>,
            mac: ::std::result::Result<::std::string::String, ::std::string::String>,
            name: ::std::result::Result<::std::string::String, ::std::string::String>,
            virtual_addresses: ::std::result::Result<
                ::std::vec::Vec<::std::string::String>,
                ::std::string::String,
            >,
            virtual_mac: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for ModuleInterface {
            fn default() -> Self {
                Self {
                    answers: Err("no value supplied for answers".to_string()),
                    entry_mode: Err("no value supplied for entry_mode".to_string()),
                    mac: Err("no value supplied for mac".to_string()),
                    name: Err("no value supplied for name".to_string()),
                    virtual_addresses: Err(
                        "no value supplied for virtual_addresses".to_string(),
                    ),
                    virtual_mac: Ok(Default::default()),
                }
            }
        }
        impl ModuleInterface {
            pub fn answers<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::Answers>,
                T::Error: ::std::fmt::Display,
            {
                self.answers = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for answers: {e}")
                    });
                self
            }
            pub fn entry_mode<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::EntryMode>,
                T::Error: ::std::fmt::Display,
            {
                self.entry_mode = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for entry_mode: {e}")
                    });
                self
            }
            pub fn mac<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.mac = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for mac: {e}")
                    });
                self
            }
            pub fn name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.name = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for name: {e}")
                    });
                self
            }
            pub fn virtual_addresses<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.virtual_addresses = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for virtual_addresses: {e}"
                        )
                    });
                self
            }
            pub fn virtual_mac<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.virtual_mac = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for virtual_mac: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<ModuleInterface> for super::ModuleInterface {
            type Error = super::error::ConversionError;
            fn try_from(
                value: ModuleInterface,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    answers: value.answers?,
                    entry_mode: value.entry_mode?,
                    mac: value.mac?,
                    name: value.name?,
                    virtual_addresses: value.virtual_addresses?,
                    virtual_mac: value.virtual_mac?,
                })
            }
        }
        impl ::std::convert::From<super::ModuleInterface> for ModuleInterface {
            fn from(value: super::ModuleInterface) -> Self {
                Self {
                    answers: Ok(value.answers),
                    entry_mode: Ok(value.entry_mode),
                    mac: Ok(value.mac),
                    name: Ok(value.name),
                    virtual_addresses: Ok(value.virtual_addresses),
                    virtual_mac: Ok(value.virtual_mac),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct ModuleList {
            modules: ::std::result::Result<
                ::std::vec::Vec<super::ModuleSummary>,
                ::std::string::String,
            >,
            unreachable: ::std::result::Result<
                ::std::vec::Vec<super::UnreachableNode>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for ModuleList {
            fn default() -> Self {
                Self {
                    modules: Err("no value supplied for modules".to_string()),
                    unreachable: Err("no value supplied for unreachable".to_string()),
                }
            }
        }
        impl ModuleList {
            pub fn modules<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::ModuleSummary>>,
                T::Error: ::std::fmt::Display,
            {
                self.modules = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for modules: {e}")
                    });
                self
            }
            pub fn unreachable<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::UnreachableNode>>,
                T::Error: ::std::fmt::Display,
            {
                self.unreachable = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for unreachable: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<ModuleList> for super::ModuleList {
            type Error = super::error::ConversionError;
            fn try_from(
                value: ModuleList,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    modules: value.modules?,
                    unreachable: value.unreachable?,
                })
            }
        }
        impl ::std::convert::From<super::ModuleList> for ModuleList {
            fn from(value: super::ModuleList) -> Self {
                Self {
                    modules: Ok(value.modules),
                    unreachable: Ok(value.unreachable),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct ModuleLog {
            entries: ::std::result::Result<
                ::std::vec::Vec<super::LogEntry>,
                ::std::string::String,
            >,
            module: ::std::result::Result<::std::string::String, ::std::string::String>,
            node: ::std::result::Result<::std::string::String, ::std::string::String>,
        }
        impl ::std::default::Default for ModuleLog {
            fn default() -> Self {
                Self {
                    entries: Err("no value supplied for entries".to_string()),
                    module: Err("no value supplied for module".to_string()),
                    node: Err("no value supplied for node".to_string()),
                }
            }
        }
        impl ModuleLog {
            pub fn entries<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::LogEntry>>,
                T::Error: ::std::fmt::Display,
            {
                self.entries = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for entries: {e}")
                    });
                self
            }
            pub fn module<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.module = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for module: {e}")
                    });
                self
            }
            pub fn node<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.node = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for node: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<ModuleLog> for super::ModuleLog {
            type Error = super::error::ConversionError;
            fn try_from(
                value: ModuleLog,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    entries: value.entries?,
                    module: value.module?,
                    node: value.node?,
                })
            }
        }
        impl ::std::convert::From<super::ModuleLog> for ModuleLog {
            fn from(value: super::ModuleLog) -> Self {
                Self {
                    entries: Ok(value.entries),
                    module: Ok(value.module),
                    node: Ok(value.node),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct ModuleOnNode {
            applied_at: ::std::result::Result<
                ::std::string::String,
                ::std::string::String,
            >,
            node: ::std::result::Result<::std::string::String, ::std::string::String>,
            phase: ::std::result::Result<super::Phase, ::std::string::String>,
            readiness: ::std::result::Result<super::Readiness, ::std::string::String>,
            revision: ::std::result::Result<u64, ::std::string::String>,
            signature: ::std::result::Result<
                ::std::string::String,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for ModuleOnNode {
            fn default() -> Self {
                Self {
                    applied_at: Err("no value supplied for applied_at".to_string()),
                    node: Err("no value supplied for node".to_string()),
                    phase: Err("no value supplied for phase".to_string()),
                    readiness: Err("no value supplied for readiness".to_string()),
                    revision: Err("no value supplied for revision".to_string()),
                    signature: Err("no value supplied for signature".to_string()),
                }
            }
        }
        impl ModuleOnNode {
            pub fn applied_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.applied_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for applied_at: {e}")
                    });
                self
            }
            pub fn node<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.node = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for node: {e}")
                    });
                self
            }
            pub fn phase<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::Phase>,
                T::Error: ::std::fmt::Display,
            {
                self.phase = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for phase: {e}")
                    });
                self
            }
            pub fn readiness<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::Readiness>,
                T::Error: ::std::fmt::Display,
            {
                self.readiness = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for readiness: {e}")
                    });
                self
            }
            pub fn revision<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u64>,
                T::Error: ::std::fmt::Display,
            {
                self.revision = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for revision: {e}")
                    });
                self
            }
            pub fn signature<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.signature = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for signature: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<ModuleOnNode> for super::ModuleOnNode {
            type Error = super::error::ConversionError;
            fn try_from(
                value: ModuleOnNode,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    applied_at: value.applied_at?,
                    node: value.node?,
                    phase: value.phase?,
                    readiness: value.readiness?,
                    revision: value.revision?,
                    signature: value.signature?,
                })
            }
        }
        impl ::std::convert::From<super::ModuleOnNode> for ModuleOnNode {
            fn from(value: super::ModuleOnNode) -> Self {
                Self {
                    applied_at: Ok(value.applied_at),
                    node: Ok(value.node),
                    phase: Ok(value.phase),
                    readiness: Ok(value.readiness),
                    revision: Ok(value.revision),
                    signature: Ok(value.signature),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct ModulePhase {
            module: ::std::result::Result<::std::string::String, ::std::string::String>,
            phase: ::std::result::Result<super::Phase, ::std::string::String>,
            readiness: ::std::result::Result<super::Readiness, ::std::string::String>,
        }
        impl ::std::default::Default for ModulePhase {
            fn default() -> Self {
                Self {
                    module: Err("no value supplied for module".to_string()),
                    phase: Err("no value supplied for phase".to_string()),
                    readiness: Err("no value supplied for readiness".to_string()),
                }
            }
        }
        impl ModulePhase {
            pub fn module<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.module = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for module: {e}")
                    });
                self
            }
            pub fn phase<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::Phase>,
                T::Error: ::std::fmt::Display,
            {
                self.phase = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for phase: {e}")
                    });
                self
            }
            pub fn readiness<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::Readiness>,
                T::Error: ::std::fmt::Display,
            {
                self.readiness = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for readiness: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<ModulePhase> for super::ModulePhase {
            type Error = super::error::ConversionError;
            fn try_from(
                value: ModulePhase,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    module: value.module?,
                    phase: value.phase?,
                    readiness: value.readiness?,
                })
            }
        }
        impl ::std::convert::From<super::ModulePhase> for ModulePhase {
            fn from(value: super::ModulePhase) -> Self {
                Self {
                    module: Ok(value.module),
                    phase: Ok(value.phase),
                    readiness: Ok(value.readiness),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct ModuleReady {
            module: ::std::result::Result<::std::string::String, ::std::string::String>,
            node: ::std::result::Result<::std::string::String, ::std::string::String>,
        }
        impl ::std::default::Default for ModuleReady {
            fn default() -> Self {
                Self {
                    module: Err("no value supplied for module".to_string()),
                    node: Err("no value supplied for node".to_string()),
                }
            }
        }
        impl ModuleReady {
            pub fn module<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.module = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for module: {e}")
                    });
                self
            }
            pub fn node<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.node = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for node: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<ModuleReady> for super::ModuleReady {
            type Error = super::error::ConversionError;
            fn try_from(
                value: ModuleReady,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    module: value.module?,
                    node: value.node?,
                })
            }
        }
        impl ::std::convert::From<super::ModuleReady> for ModuleReady {
            fn from(value: super::ModuleReady) -> Self {
                Self {
                    module: Ok(value.module),
                    node: Ok(value.node),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct ModuleSettings {
            macros: ::std::result::Result<
                ::std::collections::BTreeMap<
                    ::std::string::String,
                    ::std::string::String,
                >,
                ::std::string::String,
            >,
            scripts: ::std::result::Result<
                ::std::collections::BTreeMap<
                    ::std::string::String,
                    ::std::string::String,
                >,
                ::std::string::String,
            >,
            userconfig: ::std::result::Result<
                ::std::string::String,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for ModuleSettings {
            fn default() -> Self {
                Self {
                    macros: Ok(Default::default()),
                    scripts: Ok(Default::default()),
                    userconfig: Err("no value supplied for userconfig".to_string()),
                }
            }
        }
        impl ModuleSettings {
            pub fn macros<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::collections::BTreeMap<
                        ::std::string::String,
                        ::std::string::String,
                    >,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.macros = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for macros: {e}")
                    });
                self
            }
            pub fn scripts<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::collections::BTreeMap<
                        ::std::string::String,
                        ::std::string::String,
                    >,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.scripts = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for scripts: {e}")
                    });
                self
            }
            pub fn userconfig<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.userconfig = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for userconfig: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<ModuleSettings> for super::ModuleSettings {
            type Error = super::error::ConversionError;
            fn try_from(
                value: ModuleSettings,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    macros: value.macros?,
                    scripts: value.scripts?,
                    userconfig: value.userconfig?,
                })
            }
        }
        impl ::std::convert::From<super::ModuleSettings> for ModuleSettings {
            fn from(value: super::ModuleSettings) -> Self {
                Self {
                    macros: Ok(value.macros),
                    scripts: Ok(value.scripts),
                    userconfig: Ok(value.userconfig),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct ModuleStatus {
            automatic_actions: ::std::result::Result<
                super::AutomaticActions,
                ::std::string::String,
            >,
            backend: ::std::result::Result<super::Backend, ::std::string::String>,
            boot: ::std::result::Result<super::ModuleBoot, ::std::string::String>,
            counters: ::std::result::Result<
                ::std::collections::BTreeMap<::std::string::String, u64>,
                ::std::string::String,
            >,
            drain: ::std::result::Result<
                ::std::option::Option<super::Drain>,
                ::std::string::String,
            >,
            entry: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            epoch: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            generation: ::std::result::Result<u64, ::std::string::String>,
            groups: ::std::result::Result<
                ::std::vec::Vec<super::GroupStatus>,
                ::std::string::String,
            >,
            interfaces: ::std::result::Result<
                ::std::vec::Vec<super::ModuleInterface>,
                ::std::string::String,
            >,
            members: ::std::result::Result<
                ::std::vec::Vec<::std::string::String>,
                ::std::string::String,
            >,
            module: ::std::result::Result<::std::string::String, ::std::string::String>,
            node: ::std::result::Result<::std::string::String, ::std::string::String>,
            phase: ::std::result::Result<super::Phase, ::std::string::String>,
            readiness: ::std::result::Result<super::Readiness, ::std::string::String>,
            reason: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            revision: ::std::result::Result<u64, ::std::string::String>,
            rule: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            signature: ::std::result::Result<
                ::std::string::String,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for ModuleStatus {
            fn default() -> Self {
                Self {
                    automatic_actions: Err(
                        "no value supplied for automatic_actions".to_string(),
                    ),
                    backend: Err("no value supplied for backend".to_string()),
                    boot: Err("no value supplied for boot".to_string()),
                    counters: Err("no value supplied for counters".to_string()),
                    drain: Ok(Default::default()),
                    entry: Ok(Default::default()),
                    epoch: Ok(Default::default()),
                    generation: Err("no value supplied for generation".to_string()),
                    groups: Err("no value supplied for groups".to_string()),
                    interfaces: Err("no value supplied for interfaces".to_string()),
                    members: Err("no value supplied for members".to_string()),
                    module: Err("no value supplied for module".to_string()),
                    node: Err("no value supplied for node".to_string()),
                    phase: Err("no value supplied for phase".to_string()),
                    readiness: Err("no value supplied for readiness".to_string()),
                    reason: Ok(Default::default()),
                    revision: Err("no value supplied for revision".to_string()),
                    rule: Ok(Default::default()),
                    signature: Err("no value supplied for signature".to_string()),
                }
            }
        }
        impl ModuleStatus {
            pub fn automatic_actions<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::AutomaticActions>,
                T::Error: ::std::fmt::Display,
            {
                self.automatic_actions = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for automatic_actions: {e}"
                        )
                    });
                self
            }
            pub fn backend<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::Backend>,
                T::Error: ::std::fmt::Display,
            {
                self.backend = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for backend: {e}")
                    });
                self
            }
            pub fn boot<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::ModuleBoot>,
                T::Error: ::std::fmt::Display,
            {
                self.boot = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for boot: {e}")
                    });
                self
            }
            pub fn counters<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::collections::BTreeMap<::std::string::String, u64>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.counters = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for counters: {e}")
                    });
                self
            }
            pub fn drain<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<super::Drain>>,
                T::Error: ::std::fmt::Display,
            {
                self.drain = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for drain: {e}")
                    });
                self
            }
            pub fn entry<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.entry = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for entry: {e}")
                    });
                self
            }
            pub fn epoch<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.epoch = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for epoch: {e}")
                    });
                self
            }
            pub fn generation<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u64>,
                T::Error: ::std::fmt::Display,
            {
                self.generation = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for generation: {e}")
                    });
                self
            }
            pub fn groups<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::GroupStatus>>,
                T::Error: ::std::fmt::Display,
            {
                self.groups = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for groups: {e}")
                    });
                self
            }
            pub fn interfaces<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::ModuleInterface>>,
                T::Error: ::std::fmt::Display,
            {
                self.interfaces = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for interfaces: {e}")
                    });
                self
            }
            pub fn members<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.members = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for members: {e}")
                    });
                self
            }
            pub fn module<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.module = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for module: {e}")
                    });
                self
            }
            pub fn node<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.node = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for node: {e}")
                    });
                self
            }
            pub fn phase<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::Phase>,
                T::Error: ::std::fmt::Display,
            {
                self.phase = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for phase: {e}")
                    });
                self
            }
            pub fn readiness<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::Readiness>,
                T::Error: ::std::fmt::Display,
            {
                self.readiness = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for readiness: {e}")
                    });
                self
            }
            pub fn reason<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.reason = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for reason: {e}")
                    });
                self
            }
            pub fn revision<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u64>,
                T::Error: ::std::fmt::Display,
            {
                self.revision = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for revision: {e}")
                    });
                self
            }
            pub fn rule<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.rule = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for rule: {e}")
                    });
                self
            }
            pub fn signature<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.signature = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for signature: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<ModuleStatus> for super::ModuleStatus {
            type Error = super::error::ConversionError;
            fn try_from(
                value: ModuleStatus,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    automatic_actions: value.automatic_actions?,
                    backend: value.backend?,
                    boot: value.boot?,
                    counters: value.counters?,
                    drain: value.drain?,
                    entry: value.entry?,
                    epoch: value.epoch?,
                    generation: value.generation?,
                    groups: value.groups?,
                    interfaces: value.interfaces?,
                    members: value.members?,
                    module: value.module?,
                    node: value.node?,
                    phase: value.phase?,
                    readiness: value.readiness?,
                    reason: value.reason?,
                    revision: value.revision?,
                    rule: value.rule?,
                    signature: value.signature?,
                })
            }
        }
        impl ::std::convert::From<super::ModuleStatus> for ModuleStatus {
            fn from(value: super::ModuleStatus) -> Self {
                Self {
                    automatic_actions: Ok(value.automatic_actions),
                    backend: Ok(value.backend),
                    boot: Ok(value.boot),
                    counters: Ok(value.counters),
                    drain: Ok(value.drain),
                    entry: Ok(value.entry),
                    epoch: Ok(value.epoch),
                    generation: Ok(value.generation),
                    groups: Ok(value.groups),
                    interfaces: Ok(value.interfaces),
                    members: Ok(value.members),
                    module: Ok(value.module),
                    node: Ok(value.node),
                    phase: Ok(value.phase),
                    readiness: Ok(value.readiness),
                    reason: Ok(value.reason),
                    revision: Ok(value.revision),
                    rule: Ok(value.rule),
                    signature: Ok(value.signature),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct ModuleSummary {
            consistent: ::std::result::Result<bool, ::std::string::String>,
            module: ::std::result::Result<::std::string::String, ::std::string::String>,
            nodes: ::std::result::Result<
                ::std::vec::Vec<super::ModuleOnNode>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for ModuleSummary {
            fn default() -> Self {
                Self {
                    consistent: Err("no value supplied for consistent".to_string()),
                    module: Err("no value supplied for module".to_string()),
                    nodes: Err("no value supplied for nodes".to_string()),
                }
            }
        }
        impl ModuleSummary {
            pub fn consistent<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<bool>,
                T::Error: ::std::fmt::Display,
            {
                self.consistent = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for consistent: {e}")
                    });
                self
            }
            pub fn module<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.module = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for module: {e}")
                    });
                self
            }
            pub fn nodes<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::ModuleOnNode>>,
                T::Error: ::std::fmt::Display,
            {
                self.nodes = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for nodes: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<ModuleSummary> for super::ModuleSummary {
            type Error = super::error::ConversionError;
            fn try_from(
                value: ModuleSummary,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    consistent: value.consistent?,
                    module: value.module?,
                    nodes: value.nodes?,
                })
            }
        }
        impl ::std::convert::From<super::ModuleSummary> for ModuleSummary {
            fn from(value: super::ModuleSummary) -> Self {
                Self {
                    consistent: Ok(value.consistent),
                    module: Ok(value.module),
                    nodes: Ok(value.nodes),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct NewApiKey {
            modules: ::std::result::Result<
                ::std::option::Option<::std::vec::Vec<::std::string::String>>,
                ::std::string::String,
            >,
            name: ::std::result::Result<::std::string::String, ::std::string::String>,
            role: ::std::result::Result<super::Role, ::std::string::String>,
            valid_for_days: ::std::result::Result<
                ::std::option::Option<::std::num::NonZeroU32>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for NewApiKey {
            fn default() -> Self {
                Self {
                    modules: Ok(Default::default()),
                    name: Err("no value supplied for name".to_string()),
                    role: Err("no value supplied for role".to_string()),
                    valid_for_days: Ok(Default::default()),
                }
            }
        }
        impl NewApiKey {
            pub fn modules<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<::std::vec::Vec<::std::string::String>>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.modules = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for modules: {e}")
                    });
                self
            }
            pub fn name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.name = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for name: {e}")
                    });
                self
            }
            pub fn role<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::Role>,
                T::Error: ::std::fmt::Display,
            {
                self.role = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for role: {e}")
                    });
                self
            }
            pub fn valid_for_days<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<::std::num::NonZeroU32>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.valid_for_days = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for valid_for_days: {e}"
                        )
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<NewApiKey> for super::NewApiKey {
            type Error = super::error::ConversionError;
            fn try_from(
                value: NewApiKey,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    modules: value.modules?,
                    name: value.name?,
                    role: value.role?,
                    valid_for_days: value.valid_for_days?,
                })
            }
        }
        impl ::std::convert::From<super::NewApiKey> for NewApiKey {
            fn from(value: super::NewApiKey) -> Self {
                Self {
                    modules: Ok(value.modules),
                    name: Ok(value.name),
                    role: Ok(value.role),
                    valid_for_days: Ok(value.valid_for_days),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct NewModule {
            macros: ::std::result::Result<
                ::std::collections::BTreeMap<
                    ::std::string::String,
                    ::std::string::String,
                >,
                ::std::string::String,
            >,
            name: ::std::result::Result<::std::string::String, ::std::string::String>,
            template: ::std::result::Result<
                ::std::string::String,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for NewModule {
            fn default() -> Self {
                Self {
                    macros: Ok(Default::default()),
                    name: Err("no value supplied for name".to_string()),
                    template: Err("no value supplied for template".to_string()),
                }
            }
        }
        impl NewModule {
            pub fn macros<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::collections::BTreeMap<
                        ::std::string::String,
                        ::std::string::String,
                    >,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.macros = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for macros: {e}")
                    });
                self
            }
            pub fn name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.name = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for name: {e}")
                    });
                self
            }
            pub fn template<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.template = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for template: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<NewModule> for super::NewModule {
            type Error = super::error::ConversionError;
            fn try_from(
                value: NewModule,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    macros: value.macros?,
                    name: value.name?,
                    template: value.template?,
                })
            }
        }
        impl ::std::convert::From<super::NewModule> for NewModule {
            fn from(value: super::NewModule) -> Self {
                Self {
                    macros: Ok(value.macros),
                    name: Ok(value.name),
                    template: Ok(value.template),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct NewUser {
            name: ::std::result::Result<::std::string::String, ::std::string::String>,
            password: ::std::result::Result<
                super::NewUserPassword,
                ::std::string::String,
            >,
            role: ::std::result::Result<super::Role, ::std::string::String>,
        }
        impl ::std::default::Default for NewUser {
            fn default() -> Self {
                Self {
                    name: Err("no value supplied for name".to_string()),
                    password: Err("no value supplied for password".to_string()),
                    role: Err("no value supplied for role".to_string()),
                }
            }
        }
        impl NewUser {
            pub fn name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.name = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for name: {e}")
                    });
                self
            }
            pub fn password<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::NewUserPassword>,
                T::Error: ::std::fmt::Display,
            {
                self.password = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for password: {e}")
                    });
                self
            }
            pub fn role<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::Role>,
                T::Error: ::std::fmt::Display,
            {
                self.role = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for role: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<NewUser> for super::NewUser {
            type Error = super::error::ConversionError;
            fn try_from(
                value: NewUser,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    name: value.name?,
                    password: value.password?,
                    role: value.role?,
                })
            }
        }
        impl ::std::convert::From<super::NewUser> for NewUser {
            fn from(value: super::NewUser) -> Self {
                Self {
                    name: Ok(value.name),
                    password: Ok(value.password),
                    role: Ok(value.role),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct NextSecret {
            begun_at: ::std::result::Result<
                ::std::string::String,
                ::std::string::String,
            >,
            generation: ::std::result::Result<u64, ::std::string::String>,
            secret: ::std::result::Result<::std::string::String, ::std::string::String>,
        }
        impl ::std::default::Default for NextSecret {
            fn default() -> Self {
                Self {
                    begun_at: Err("no value supplied for begun_at".to_string()),
                    generation: Err("no value supplied for generation".to_string()),
                    secret: Err("no value supplied for secret".to_string()),
                }
            }
        }
        impl NextSecret {
            pub fn begun_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.begun_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for begun_at: {e}")
                    });
                self
            }
            pub fn generation<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u64>,
                T::Error: ::std::fmt::Display,
            {
                self.generation = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for generation: {e}")
                    });
                self
            }
            pub fn secret<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.secret = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for secret: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<NextSecret> for super::NextSecret {
            type Error = super::error::ConversionError;
            fn try_from(
                value: NextSecret,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    begun_at: value.begun_at?,
                    generation: value.generation?,
                    secret: value.secret?,
                })
            }
        }
        impl ::std::convert::From<super::NextSecret> for NextSecret {
            fn from(value: super::NextSecret) -> Self {
                Self {
                    begun_at: Ok(value.begun_at),
                    generation: Ok(value.generation),
                    secret: Ok(value.secret),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct NodeAddress {
            address: ::std::result::Result<::std::string::String, ::std::string::String>,
            lan: ::std::result::Result<::std::string::String, ::std::string::String>,
        }
        impl ::std::default::Default for NodeAddress {
            fn default() -> Self {
                Self {
                    address: Err("no value supplied for address".to_string()),
                    lan: Err("no value supplied for lan".to_string()),
                }
            }
        }
        impl NodeAddress {
            pub fn address<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.address = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for address: {e}")
                    });
                self
            }
            pub fn lan<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.lan = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for lan: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<NodeAddress> for super::NodeAddress {
            type Error = super::error::ConversionError;
            fn try_from(
                value: NodeAddress,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    address: value.address?,
                    lan: value.lan?,
                })
            }
        }
        impl ::std::convert::From<super::NodeAddress> for NodeAddress {
            fn from(value: super::NodeAddress) -> Self {
                Self {
                    address: Ok(value.address),
                    lan: Ok(value.lan),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct NodeCause {
            detail: ::std::result::Result<::std::string::String, ::std::string::String>,
            node: ::std::result::Result<::std::string::String, ::std::string::String>,
            type_: ::std::result::Result<super::ProblemType, ::std::string::String>,
        }
        impl ::std::default::Default for NodeCause {
            fn default() -> Self {
                Self {
                    detail: Err("no value supplied for detail".to_string()),
                    node: Err("no value supplied for node".to_string()),
                    type_: Err("no value supplied for type_".to_string()),
                }
            }
        }
        impl NodeCause {
            pub fn detail<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.detail = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for detail: {e}")
                    });
                self
            }
            pub fn node<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.node = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for node: {e}")
                    });
                self
            }
            pub fn type_<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::ProblemType>,
                T::Error: ::std::fmt::Display,
            {
                self.type_ = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for type_: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<NodeCause> for super::NodeCause {
            type Error = super::error::ConversionError;
            fn try_from(
                value: NodeCause,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    detail: value.detail?,
                    node: value.node?,
                    type_: value.type_?,
                })
            }
        }
        impl ::std::convert::From<super::NodeCause> for NodeCause {
            fn from(value: super::NodeCause) -> Self {
                Self {
                    detail: Ok(value.detail),
                    node: Ok(value.node),
                    type_: Ok(value.type_),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct NodeEntry {
            node: ::std::result::Result<::std::string::String, ::std::string::String>,
            problem: ::std::result::Result<
                ::std::option::Option<super::Problem>,
                ::std::string::String,
            >,
            status: ::std::result::Result<
                ::std::option::Option<super::NodeStatus>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for NodeEntry {
            fn default() -> Self {
                Self {
                    node: Err("no value supplied for node".to_string()),
                    problem: Ok(Default::default()),
                    status: Ok(Default::default()),
                }
            }
        }
        impl NodeEntry {
            pub fn node<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.node = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for node: {e}")
                    });
                self
            }
            pub fn problem<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<super::Problem>>,
                T::Error: ::std::fmt::Display,
            {
                self.problem = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for problem: {e}")
                    });
                self
            }
            pub fn status<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<super::NodeStatus>>,
                T::Error: ::std::fmt::Display,
            {
                self.status = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for status: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<NodeEntry> for super::NodeEntry {
            type Error = super::error::ConversionError;
            fn try_from(
                value: NodeEntry,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    node: value.node?,
                    problem: value.problem?,
                    status: value.status?,
                })
            }
        }
        impl ::std::convert::From<super::NodeEntry> for NodeEntry {
            fn from(value: super::NodeEntry) -> Self {
                Self {
                    node: Ok(value.node),
                    problem: Ok(value.problem),
                    status: Ok(value.status),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct NodeList {
            nodes: ::std::result::Result<
                ::std::vec::Vec<super::NodeEntry>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for NodeList {
            fn default() -> Self {
                Self {
                    nodes: Err("no value supplied for nodes".to_string()),
                }
            }
        }
        impl NodeList {
            pub fn nodes<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::NodeEntry>>,
                T::Error: ::std::fmt::Display,
            {
                self.nodes = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for nodes: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<NodeList> for super::NodeList {
            type Error = super::error::ConversionError;
            fn try_from(
                value: NodeList,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self { nodes: value.nodes? })
            }
        }
        impl ::std::convert::From<super::NodeList> for NodeList {
            fn from(value: super::NodeList) -> Self {
                Self { nodes: Ok(value.nodes) }
            }
        }
        #[derive(Clone, Debug)]
        pub struct NodeModule {
            module: ::std::result::Result<::std::string::String, ::std::string::String>,
            on: ::std::result::Result<super::ModuleOnNode, ::std::string::String>,
        }
        impl ::std::default::Default for NodeModule {
            fn default() -> Self {
                Self {
                    module: Err("no value supplied for module".to_string()),
                    on: Err("no value supplied for on".to_string()),
                }
            }
        }
        impl NodeModule {
            pub fn module<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.module = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for module: {e}")
                    });
                self
            }
            pub fn on<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::ModuleOnNode>,
                T::Error: ::std::fmt::Display,
            {
                self.on = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for on: {e}"));
                self
            }
        }
        impl ::std::convert::TryFrom<NodeModule> for super::NodeModule {
            type Error = super::error::ConversionError;
            fn try_from(
                value: NodeModule,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    module: value.module?,
                    on: value.on?,
                })
            }
        }
        impl ::std::convert::From<super::NodeModule> for NodeModule {
            fn from(value: super::NodeModule) -> Self {
                Self {
                    module: Ok(value.module),
                    on: Ok(value.on),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct NodeModuleList {
            modules: ::std::result::Result<
                ::std::vec::Vec<super::NodeModule>,
                ::std::string::String,
            >,
            removed: ::std::result::Result<
                ::std::vec::Vec<super::RemovedModule>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for NodeModuleList {
            fn default() -> Self {
                Self {
                    modules: Err("no value supplied for modules".to_string()),
                    removed: Err("no value supplied for removed".to_string()),
                }
            }
        }
        impl NodeModuleList {
            pub fn modules<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::NodeModule>>,
                T::Error: ::std::fmt::Display,
            {
                self.modules = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for modules: {e}")
                    });
                self
            }
            pub fn removed<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::RemovedModule>>,
                T::Error: ::std::fmt::Display,
            {
                self.removed = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for removed: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<NodeModuleList> for super::NodeModuleList {
            type Error = super::error::ConversionError;
            fn try_from(
                value: NodeModuleList,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    modules: value.modules?,
                    removed: value.removed?,
                })
            }
        }
        impl ::std::convert::From<super::NodeModuleList> for NodeModuleList {
            fn from(value: super::NodeModuleList) -> Self {
                Self {
                    modules: Ok(value.modules),
                    removed: Ok(value.removed),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct NodePower {
            node: ::std::result::Result<::std::string::String, ::std::string::String>,
            power: ::std::result::Result<u32, ::std::string::String>,
        }
        impl ::std::default::Default for NodePower {
            fn default() -> Self {
                Self {
                    node: Err("no value supplied for node".to_string()),
                    power: Err("no value supplied for power".to_string()),
                }
            }
        }
        impl NodePower {
            pub fn node<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.node = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for node: {e}")
                    });
                self
            }
            pub fn power<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u32>,
                T::Error: ::std::fmt::Display,
            {
                self.power = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for power: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<NodePower> for super::NodePower {
            type Error = super::error::ConversionError;
            fn try_from(
                value: NodePower,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    node: value.node?,
                    power: value.power?,
                })
            }
        }
        impl ::std::convert::From<super::NodePower> for NodePower {
            fn from(value: super::NodePower) -> Self {
                Self {
                    node: Ok(value.node),
                    power: Ok(value.power),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct NodeResult {
            generation: ::std::result::Result<
                ::std::option::Option<u64>,
                ::std::string::String,
            >,
            node: ::std::result::Result<::std::string::String, ::std::string::String>,
            ok: ::std::result::Result<bool, ::std::string::String>,
            problem: ::std::result::Result<
                ::std::option::Option<super::Problem>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for NodeResult {
            fn default() -> Self {
                Self {
                    generation: Ok(Default::default()),
                    node: Err("no value supplied for node".to_string()),
                    ok: Err("no value supplied for ok".to_string()),
                    problem: Ok(Default::default()),
                }
            }
        }
        impl NodeResult {
            pub fn generation<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<u64>>,
                T::Error: ::std::fmt::Display,
            {
                self.generation = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for generation: {e}")
                    });
                self
            }
            pub fn node<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.node = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for node: {e}")
                    });
                self
            }
            pub fn ok<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<bool>,
                T::Error: ::std::fmt::Display,
            {
                self.ok = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for ok: {e}"));
                self
            }
            pub fn problem<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<super::Problem>>,
                T::Error: ::std::fmt::Display,
            {
                self.problem = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for problem: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<NodeResult> for super::NodeResult {
            type Error = super::error::ConversionError;
            fn try_from(
                value: NodeResult,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    generation: value.generation?,
                    node: value.node?,
                    ok: value.ok?,
                    problem: value.problem?,
                })
            }
        }
        impl ::std::convert::From<super::NodeResult> for NodeResult {
            fn from(value: super::NodeResult) -> Self {
                Self {
                    generation: Ok(value.generation),
                    node: Ok(value.node),
                    ok: Ok(value.ok),
                    problem: Ok(value.problem),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct NodeResults {
            complete: ::std::result::Result<bool, ::std::string::String>,
            nodes: ::std::result::Result<
                ::std::vec::Vec<super::NodeResult>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for NodeResults {
            fn default() -> Self {
                Self {
                    complete: Err("no value supplied for complete".to_string()),
                    nodes: Err("no value supplied for nodes".to_string()),
                }
            }
        }
        impl NodeResults {
            pub fn complete<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<bool>,
                T::Error: ::std::fmt::Display,
            {
                self.complete = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for complete: {e}")
                    });
                self
            }
            pub fn nodes<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::NodeResult>>,
                T::Error: ::std::fmt::Display,
            {
                self.nodes = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for nodes: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<NodeResults> for super::NodeResults {
            type Error = super::error::ConversionError;
            fn try_from(
                value: NodeResults,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    complete: value.complete?,
                    nodes: value.nodes?,
                })
            }
        }
        impl ::std::convert::From<super::NodeResults> for NodeResults {
            fn from(value: super::NodeResults) -> Self {
                Self {
                    complete: Ok(value.complete),
                    nodes: Ok(value.nodes),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct NodeSelection {
            nodes: ::std::result::Result<
                ::std::option::Option<::std::vec::Vec<::std::string::String>>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for NodeSelection {
            fn default() -> Self {
                Self {
                    nodes: Ok(Default::default()),
                }
            }
        }
        impl NodeSelection {
            pub fn nodes<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<::std::vec::Vec<::std::string::String>>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.nodes = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for nodes: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<NodeSelection> for super::NodeSelection {
            type Error = super::error::ConversionError;
            fn try_from(
                value: NodeSelection,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self { nodes: value.nodes? })
            }
        }
        impl ::std::convert::From<super::NodeSelection> for NodeSelection {
            fn from(value: super::NodeSelection) -> Self {
                Self { nodes: Ok(value.nodes) }
            }
        }
        #[derive(Clone, Debug)]
        pub struct NodeShare {
            buckets: ::std::result::Result<u32, ::std::string::String>,
            flows_opened: ::std::result::Result<
                ::std::option::Option<u64>,
                ::std::string::String,
            >,
            measured_percent: ::std::result::Result<
                ::std::option::Option<f64>,
                ::std::string::String,
            >,
            node: ::std::result::Result<::std::string::String, ::std::string::String>,
            percent: ::std::result::Result<f64, ::std::string::String>,
            power: ::std::result::Result<u32, ::std::string::String>,
        }
        impl ::std::default::Default for NodeShare {
            fn default() -> Self {
                Self {
                    buckets: Err("no value supplied for buckets".to_string()),
                    flows_opened: Ok(Default::default()),
                    measured_percent: Ok(Default::default()),
                    node: Err("no value supplied for node".to_string()),
                    percent: Err("no value supplied for percent".to_string()),
                    power: Err("no value supplied for power".to_string()),
                }
            }
        }
        impl NodeShare {
            pub fn buckets<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u32>,
                T::Error: ::std::fmt::Display,
            {
                self.buckets = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for buckets: {e}")
                    });
                self
            }
            pub fn flows_opened<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<u64>>,
                T::Error: ::std::fmt::Display,
            {
                self.flows_opened = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for flows_opened: {e}")
                    });
                self
            }
            pub fn measured_percent<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<f64>>,
                T::Error: ::std::fmt::Display,
            {
                self.measured_percent = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for measured_percent: {e}"
                        )
                    });
                self
            }
            pub fn node<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.node = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for node: {e}")
                    });
                self
            }
            pub fn percent<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<f64>,
                T::Error: ::std::fmt::Display,
            {
                self.percent = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for percent: {e}")
                    });
                self
            }
            pub fn power<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u32>,
                T::Error: ::std::fmt::Display,
            {
                self.power = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for power: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<NodeShare> for super::NodeShare {
            type Error = super::error::ConversionError;
            fn try_from(
                value: NodeShare,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    buckets: value.buckets?,
                    flows_opened: value.flows_opened?,
                    measured_percent: value.measured_percent?,
                    node: value.node?,
                    percent: value.percent?,
                    power: value.power?,
                })
            }
        }
        impl ::std::convert::From<super::NodeShare> for NodeShare {
            fn from(value: super::NodeShare) -> Self {
                Self {
                    buckets: Ok(value.buckets),
                    flows_opened: Ok(value.flows_opened),
                    measured_percent: Ok(value.measured_percent),
                    node: Ok(value.node),
                    percent: Ok(value.percent),
                    power: Ok(value.power),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct NodeStatus {
            backend: ::std::result::Result<super::Backend, ::std::string::String>,
            detector: ::std::result::Result<super::Detector, ::std::string::String>,
            generation: ::std::result::Result<u64, ::std::string::String>,
            id: ::std::result::Result<u8, ::std::string::String>,
            incarnation: ::std::result::Result<u64, ::std::string::String>,
            modules: ::std::result::Result<
                ::std::vec::Vec<super::ModulePhase>,
                ::std::string::String,
            >,
            name: ::std::result::Result<::std::string::String, ::std::string::String>,
            peers: ::std::result::Result<
                ::std::vec::Vec<super::Peer>,
                ::std::string::String,
            >,
            refused: ::std::result::Result<super::Refused, ::std::string::String>,
            version: ::std::result::Result<::std::string::String, ::std::string::String>,
        }
        impl ::std::default::Default for NodeStatus {
            fn default() -> Self {
                Self {
                    backend: Err("no value supplied for backend".to_string()),
                    detector: Err("no value supplied for detector".to_string()),
                    generation: Err("no value supplied for generation".to_string()),
                    id: Err("no value supplied for id".to_string()),
                    incarnation: Err("no value supplied for incarnation".to_string()),
                    modules: Err("no value supplied for modules".to_string()),
                    name: Err("no value supplied for name".to_string()),
                    peers: Err("no value supplied for peers".to_string()),
                    refused: Err("no value supplied for refused".to_string()),
                    version: Err("no value supplied for version".to_string()),
                }
            }
        }
        impl NodeStatus {
            pub fn backend<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::Backend>,
                T::Error: ::std::fmt::Display,
            {
                self.backend = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for backend: {e}")
                    });
                self
            }
            pub fn detector<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::Detector>,
                T::Error: ::std::fmt::Display,
            {
                self.detector = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for detector: {e}")
                    });
                self
            }
            pub fn generation<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u64>,
                T::Error: ::std::fmt::Display,
            {
                self.generation = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for generation: {e}")
                    });
                self
            }
            pub fn id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u8>,
                T::Error: ::std::fmt::Display,
            {
                self.id = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for id: {e}"));
                self
            }
            pub fn incarnation<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u64>,
                T::Error: ::std::fmt::Display,
            {
                self.incarnation = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for incarnation: {e}")
                    });
                self
            }
            pub fn modules<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::ModulePhase>>,
                T::Error: ::std::fmt::Display,
            {
                self.modules = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for modules: {e}")
                    });
                self
            }
            pub fn name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.name = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for name: {e}")
                    });
                self
            }
            pub fn peers<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::Peer>>,
                T::Error: ::std::fmt::Display,
            {
                self.peers = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for peers: {e}")
                    });
                self
            }
            pub fn refused<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::Refused>,
                T::Error: ::std::fmt::Display,
            {
                self.refused = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for refused: {e}")
                    });
                self
            }
            pub fn version<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.version = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for version: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<NodeStatus> for super::NodeStatus {
            type Error = super::error::ConversionError;
            fn try_from(
                value: NodeStatus,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    backend: value.backend?,
                    detector: value.detector?,
                    generation: value.generation?,
                    id: value.id?,
                    incarnation: value.incarnation?,
                    modules: value.modules?,
                    name: value.name?,
                    peers: value.peers?,
                    refused: value.refused?,
                    version: value.version?,
                })
            }
        }
        impl ::std::convert::From<super::NodeStatus> for NodeStatus {
            fn from(value: super::NodeStatus) -> Self {
                Self {
                    backend: Ok(value.backend),
                    detector: Ok(value.detector),
                    generation: Ok(value.generation),
                    id: Ok(value.id),
                    incarnation: Ok(value.incarnation),
                    modules: Ok(value.modules),
                    name: Ok(value.name),
                    peers: Ok(value.peers),
                    refused: Ok(value.refused),
                    version: Ok(value.version),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct Operation {
            action: ::std::result::Result<super::RollingAction, ::std::string::String>,
            by: ::std::result::Result<::std::string::String, ::std::string::String>,
            detail: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            ended_at: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            id: ::std::result::Result<u64, ::std::string::String>,
            module: ::std::result::Result<::std::string::String, ::std::string::String>,
            node: ::std::result::Result<::std::string::String, ::std::string::String>,
            started_at: ::std::result::Result<
                ::std::string::String,
                ::std::string::String,
            >,
            state: ::std::result::Result<super::OperationState, ::std::string::String>,
            steps: ::std::result::Result<
                ::std::vec::Vec<super::OperationStep>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for Operation {
            fn default() -> Self {
                Self {
                    action: Err("no value supplied for action".to_string()),
                    by: Err("no value supplied for by".to_string()),
                    detail: Ok(Default::default()),
                    ended_at: Ok(Default::default()),
                    id: Err("no value supplied for id".to_string()),
                    module: Err("no value supplied for module".to_string()),
                    node: Err("no value supplied for node".to_string()),
                    started_at: Err("no value supplied for started_at".to_string()),
                    state: Err("no value supplied for state".to_string()),
                    steps: Err("no value supplied for steps".to_string()),
                }
            }
        }
        impl Operation {
            pub fn action<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::RollingAction>,
                T::Error: ::std::fmt::Display,
            {
                self.action = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for action: {e}")
                    });
                self
            }
            pub fn by<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.by = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for by: {e}"));
                self
            }
            pub fn detail<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.detail = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for detail: {e}")
                    });
                self
            }
            pub fn ended_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.ended_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for ended_at: {e}")
                    });
                self
            }
            pub fn id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u64>,
                T::Error: ::std::fmt::Display,
            {
                self.id = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for id: {e}"));
                self
            }
            pub fn module<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.module = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for module: {e}")
                    });
                self
            }
            pub fn node<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.node = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for node: {e}")
                    });
                self
            }
            pub fn started_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.started_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for started_at: {e}")
                    });
                self
            }
            pub fn state<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::OperationState>,
                T::Error: ::std::fmt::Display,
            {
                self.state = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for state: {e}")
                    });
                self
            }
            pub fn steps<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::OperationStep>>,
                T::Error: ::std::fmt::Display,
            {
                self.steps = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for steps: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Operation> for super::Operation {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Operation,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    action: value.action?,
                    by: value.by?,
                    detail: value.detail?,
                    ended_at: value.ended_at?,
                    id: value.id?,
                    module: value.module?,
                    node: value.node?,
                    started_at: value.started_at?,
                    state: value.state?,
                    steps: value.steps?,
                })
            }
        }
        impl ::std::convert::From<super::Operation> for Operation {
            fn from(value: super::Operation) -> Self {
                Self {
                    action: Ok(value.action),
                    by: Ok(value.by),
                    detail: Ok(value.detail),
                    ended_at: Ok(value.ended_at),
                    id: Ok(value.id),
                    module: Ok(value.module),
                    node: Ok(value.node),
                    started_at: Ok(value.started_at),
                    state: Ok(value.state),
                    steps: Ok(value.steps),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct OperationList {
            operations: ::std::result::Result<
                ::std::vec::Vec<super::Operation>,
                ::std::string::String,
            >,
            unreachable: ::std::result::Result<
                ::std::vec::Vec<super::UnreachableNode>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for OperationList {
            fn default() -> Self {
                Self {
                    operations: Err("no value supplied for operations".to_string()),
                    unreachable: Err("no value supplied for unreachable".to_string()),
                }
            }
        }
        impl OperationList {
            pub fn operations<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::Operation>>,
                T::Error: ::std::fmt::Display,
            {
                self.operations = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for operations: {e}")
                    });
                self
            }
            pub fn unreachable<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::UnreachableNode>>,
                T::Error: ::std::fmt::Display,
            {
                self.unreachable = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for unreachable: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<OperationList> for super::OperationList {
            type Error = super::error::ConversionError;
            fn try_from(
                value: OperationList,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    operations: value.operations?,
                    unreachable: value.unreachable?,
                })
            }
        }
        impl ::std::convert::From<super::OperationList> for OperationList {
            fn from(value: super::OperationList) -> Self {
                Self {
                    operations: Ok(value.operations),
                    unreachable: Ok(value.unreachable),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct OperationStep {
            detail: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            node: ::std::result::Result<::std::string::String, ::std::string::String>,
            state: ::std::result::Result<super::StepState, ::std::string::String>,
        }
        impl ::std::default::Default for OperationStep {
            fn default() -> Self {
                Self {
                    detail: Ok(Default::default()),
                    node: Err("no value supplied for node".to_string()),
                    state: Err("no value supplied for state".to_string()),
                }
            }
        }
        impl OperationStep {
            pub fn detail<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.detail = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for detail: {e}")
                    });
                self
            }
            pub fn node<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.node = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for node: {e}")
                    });
                self
            }
            pub fn state<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::StepState>,
                T::Error: ::std::fmt::Display,
            {
                self.state = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for state: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<OperationStep> for super::OperationStep {
            type Error = super::error::ConversionError;
            fn try_from(
                value: OperationStep,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    detail: value.detail?,
                    node: value.node?,
                    state: value.state?,
                })
            }
        }
        impl ::std::convert::From<super::OperationStep> for OperationStep {
            fn from(value: super::OperationStep) -> Self {
                Self {
                    detail: Ok(value.detail),
                    node: Ok(value.node),
                    state: Ok(value.state),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct PartDiff {
            change: ::std::result::Result<super::PartChange, ::std::string::String>,
            diff: ::std::result::Result<::std::string::String, ::std::string::String>,
            part: ::std::result::Result<::std::string::String, ::std::string::String>,
        }
        impl ::std::default::Default for PartDiff {
            fn default() -> Self {
                Self {
                    change: Err("no value supplied for change".to_string()),
                    diff: Err("no value supplied for diff".to_string()),
                    part: Err("no value supplied for part".to_string()),
                }
            }
        }
        impl PartDiff {
            pub fn change<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::PartChange>,
                T::Error: ::std::fmt::Display,
            {
                self.change = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for change: {e}")
                    });
                self
            }
            pub fn diff<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.diff = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for diff: {e}")
                    });
                self
            }
            pub fn part<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.part = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for part: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<PartDiff> for super::PartDiff {
            type Error = super::error::ConversionError;
            fn try_from(
                value: PartDiff,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    change: value.change?,
                    diff: value.diff?,
                    part: value.part?,
                })
            }
        }
        impl ::std::convert::From<super::PartDiff> for PartDiff {
            fn from(value: super::PartDiff) -> Self {
                Self {
                    change: Ok(value.change),
                    diff: Ok(value.diff),
                    part: Ok(value.part),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct Peer {
            alive: ::std::result::Result<bool, ::std::string::String>,
            id: ::std::result::Result<u8, ::std::string::String>,
            lans: ::std::result::Result<
                ::std::vec::Vec<super::PeerLan>,
                ::std::string::String,
            >,
            last_heard_ms: ::std::result::Result<
                ::std::option::Option<u64>,
                ::std::string::String,
            >,
            name: ::std::result::Result<::std::string::String, ::std::string::String>,
            round_trip_us: ::std::result::Result<
                ::std::option::Option<u64>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for Peer {
            fn default() -> Self {
                Self {
                    alive: Err("no value supplied for alive".to_string()),
                    id: Err("no value supplied for id".to_string()),
                    lans: Err("no value supplied for lans".to_string()),
                    last_heard_ms: Ok(Default::default()),
                    name: Err("no value supplied for name".to_string()),
                    round_trip_us: Ok(Default::default()),
                }
            }
        }
        impl Peer {
            pub fn alive<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<bool>,
                T::Error: ::std::fmt::Display,
            {
                self.alive = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for alive: {e}")
                    });
                self
            }
            pub fn id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u8>,
                T::Error: ::std::fmt::Display,
            {
                self.id = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for id: {e}"));
                self
            }
            pub fn lans<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::PeerLan>>,
                T::Error: ::std::fmt::Display,
            {
                self.lans = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for lans: {e}")
                    });
                self
            }
            pub fn last_heard_ms<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<u64>>,
                T::Error: ::std::fmt::Display,
            {
                self.last_heard_ms = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for last_heard_ms: {e}")
                    });
                self
            }
            pub fn name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.name = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for name: {e}")
                    });
                self
            }
            pub fn round_trip_us<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<u64>>,
                T::Error: ::std::fmt::Display,
            {
                self.round_trip_us = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for round_trip_us: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Peer> for super::Peer {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Peer,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    alive: value.alive?,
                    id: value.id?,
                    lans: value.lans?,
                    last_heard_ms: value.last_heard_ms?,
                    name: value.name?,
                    round_trip_us: value.round_trip_us?,
                })
            }
        }
        impl ::std::convert::From<super::Peer> for Peer {
            fn from(value: super::Peer) -> Self {
                Self {
                    alive: Ok(value.alive),
                    id: Ok(value.id),
                    lans: Ok(value.lans),
                    last_heard_ms: Ok(value.last_heard_ms),
                    name: Ok(value.name),
                    round_trip_us: Ok(value.round_trip_us),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct PeerLan {
            answered: ::std::result::Result<u64, ::std::string::String>,
            asked: ::std::result::Result<u64, ::std::string::String>,
            lan: ::std::result::Result<::std::string::String, ::std::string::String>,
            last_heard_ms: ::std::result::Result<
                ::std::option::Option<u64>,
                ::std::string::String,
            >,
            reached: ::std::result::Result<bool, ::std::string::String>,
            round_trip_us: ::std::result::Result<
                ::std::option::Option<u64>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for PeerLan {
            fn default() -> Self {
                Self {
                    answered: Err("no value supplied for answered".to_string()),
                    asked: Err("no value supplied for asked".to_string()),
                    lan: Err("no value supplied for lan".to_string()),
                    last_heard_ms: Ok(Default::default()),
                    reached: Err("no value supplied for reached".to_string()),
                    round_trip_us: Ok(Default::default()),
                }
            }
        }
        impl PeerLan {
            pub fn answered<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u64>,
                T::Error: ::std::fmt::Display,
            {
                self.answered = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for answered: {e}")
                    });
                self
            }
            pub fn asked<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u64>,
                T::Error: ::std::fmt::Display,
            {
                self.asked = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for asked: {e}")
                    });
                self
            }
            pub fn lan<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.lan = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for lan: {e}")
                    });
                self
            }
            pub fn last_heard_ms<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<u64>>,
                T::Error: ::std::fmt::Display,
            {
                self.last_heard_ms = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for last_heard_ms: {e}")
                    });
                self
            }
            pub fn reached<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<bool>,
                T::Error: ::std::fmt::Display,
            {
                self.reached = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for reached: {e}")
                    });
                self
            }
            pub fn round_trip_us<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<u64>>,
                T::Error: ::std::fmt::Display,
            {
                self.round_trip_us = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for round_trip_us: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<PeerLan> for super::PeerLan {
            type Error = super::error::ConversionError;
            fn try_from(
                value: PeerLan,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    answered: value.answered?,
                    asked: value.asked?,
                    lan: value.lan?,
                    last_heard_ms: value.last_heard_ms?,
                    reached: value.reached?,
                    round_trip_us: value.round_trip_us?,
                })
            }
        }
        impl ::std::convert::From<super::PeerLan> for PeerLan {
            fn from(value: super::PeerLan) -> Self {
                Self {
                    answered: Ok(value.answered),
                    asked: Ok(value.asked),
                    lan: Ok(value.lan),
                    last_heard_ms: Ok(value.last_heard_ms),
                    reached: Ok(value.reached),
                    round_trip_us: Ok(value.round_trip_us),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct Probed {
            answered: ::std::result::Result<u64, ::std::string::String>,
            foreign: ::std::result::Result<u64, ::std::string::String>,
            forged: ::std::result::Result<u64, ::std::string::String>,
            malformed: ::std::result::Result<u64, ::std::string::String>,
            replayed: ::std::result::Result<u64, ::std::string::String>,
        }
        impl ::std::default::Default for Probed {
            fn default() -> Self {
                Self {
                    answered: Err("no value supplied for answered".to_string()),
                    foreign: Err("no value supplied for foreign".to_string()),
                    forged: Err("no value supplied for forged".to_string()),
                    malformed: Err("no value supplied for malformed".to_string()),
                    replayed: Err("no value supplied for replayed".to_string()),
                }
            }
        }
        impl Probed {
            pub fn answered<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u64>,
                T::Error: ::std::fmt::Display,
            {
                self.answered = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for answered: {e}")
                    });
                self
            }
            pub fn foreign<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u64>,
                T::Error: ::std::fmt::Display,
            {
                self.foreign = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for foreign: {e}")
                    });
                self
            }
            pub fn forged<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u64>,
                T::Error: ::std::fmt::Display,
            {
                self.forged = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for forged: {e}")
                    });
                self
            }
            pub fn malformed<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u64>,
                T::Error: ::std::fmt::Display,
            {
                self.malformed = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for malformed: {e}")
                    });
                self
            }
            pub fn replayed<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u64>,
                T::Error: ::std::fmt::Display,
            {
                self.replayed = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for replayed: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Probed> for super::Probed {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Probed,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    answered: value.answered?,
                    foreign: value.foreign?,
                    forged: value.forged?,
                    malformed: value.malformed?,
                    replayed: value.replayed?,
                })
            }
        }
        impl ::std::convert::From<super::Probed> for Probed {
            fn from(value: super::Probed) -> Self {
                Self {
                    answered: Ok(value.answered),
                    foreign: Ok(value.foreign),
                    forged: Ok(value.forged),
                    malformed: Ok(value.malformed),
                    replayed: Ok(value.replayed),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct Problem {
            detail: ::std::result::Result<::std::string::String, ::std::string::String>,
            nodes: ::std::result::Result<
                ::std::vec::Vec<super::NodeCause>,
                ::std::string::String,
            >,
            problems: ::std::result::Result<
                ::std::vec::Vec<super::ConfigProblem>,
                ::std::string::String,
            >,
            retry_after_s: ::std::result::Result<
                ::std::option::Option<u64>,
                ::std::string::String,
            >,
            status: ::std::result::Result<u16, ::std::string::String>,
            title: ::std::result::Result<::std::string::String, ::std::string::String>,
            type_: ::std::result::Result<super::ProblemType, ::std::string::String>,
        }
        impl ::std::default::Default for Problem {
            fn default() -> Self {
                Self {
                    detail: Err("no value supplied for detail".to_string()),
                    nodes: Ok(Default::default()),
                    problems: Ok(Default::default()),
                    retry_after_s: Ok(Default::default()),
                    status: Err("no value supplied for status".to_string()),
                    title: Err("no value supplied for title".to_string()),
                    type_: Err("no value supplied for type_".to_string()),
                }
            }
        }
        impl Problem {
            pub fn detail<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.detail = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for detail: {e}")
                    });
                self
            }
            pub fn nodes<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::NodeCause>>,
                T::Error: ::std::fmt::Display,
            {
                self.nodes = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for nodes: {e}")
                    });
                self
            }
            pub fn problems<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::ConfigProblem>>,
                T::Error: ::std::fmt::Display,
            {
                self.problems = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for problems: {e}")
                    });
                self
            }
            pub fn retry_after_s<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<u64>>,
                T::Error: ::std::fmt::Display,
            {
                self.retry_after_s = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for retry_after_s: {e}")
                    });
                self
            }
            pub fn status<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u16>,
                T::Error: ::std::fmt::Display,
            {
                self.status = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for status: {e}")
                    });
                self
            }
            pub fn title<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.title = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for title: {e}")
                    });
                self
            }
            pub fn type_<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::ProblemType>,
                T::Error: ::std::fmt::Display,
            {
                self.type_ = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for type_: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Problem> for super::Problem {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Problem,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    detail: value.detail?,
                    nodes: value.nodes?,
                    problems: value.problems?,
                    retry_after_s: value.retry_after_s?,
                    status: value.status?,
                    title: value.title?,
                    type_: value.type_?,
                })
            }
        }
        impl ::std::convert::From<super::Problem> for Problem {
            fn from(value: super::Problem) -> Self {
                Self {
                    detail: Ok(value.detail),
                    nodes: Ok(value.nodes),
                    problems: Ok(value.problems),
                    retry_after_s: Ok(value.retry_after_s),
                    status: Ok(value.status),
                    title: Ok(value.title),
                    type_: Ok(value.type_),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct Refused {
            foreign: ::std::result::Result<u64, ::std::string::String>,
            forged: ::std::result::Result<u64, ::std::string::String>,
            malformed: ::std::result::Result<u64, ::std::string::String>,
            replayed: ::std::result::Result<u64, ::std::string::String>,
        }
        impl ::std::default::Default for Refused {
            fn default() -> Self {
                Self {
                    foreign: Err("no value supplied for foreign".to_string()),
                    forged: Err("no value supplied for forged".to_string()),
                    malformed: Err("no value supplied for malformed".to_string()),
                    replayed: Err("no value supplied for replayed".to_string()),
                }
            }
        }
        impl Refused {
            pub fn foreign<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u64>,
                T::Error: ::std::fmt::Display,
            {
                self.foreign = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for foreign: {e}")
                    });
                self
            }
            pub fn forged<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u64>,
                T::Error: ::std::fmt::Display,
            {
                self.forged = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for forged: {e}")
                    });
                self
            }
            pub fn malformed<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u64>,
                T::Error: ::std::fmt::Display,
            {
                self.malformed = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for malformed: {e}")
                    });
                self
            }
            pub fn replayed<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u64>,
                T::Error: ::std::fmt::Display,
            {
                self.replayed = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for replayed: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Refused> for super::Refused {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Refused,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    foreign: value.foreign?,
                    forged: value.forged?,
                    malformed: value.malformed?,
                    replayed: value.replayed?,
                })
            }
        }
        impl ::std::convert::From<super::Refused> for Refused {
            fn from(value: super::Refused) -> Self {
                Self {
                    foreign: Ok(value.foreign),
                    forged: Ok(value.forged),
                    malformed: Ok(value.malformed),
                    replayed: Ok(value.replayed),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct RemovedModule {
            module: ::std::result::Result<::std::string::String, ::std::string::String>,
            revision: ::std::result::Result<u64, ::std::string::String>,
        }
        impl ::std::default::Default for RemovedModule {
            fn default() -> Self {
                Self {
                    module: Err("no value supplied for module".to_string()),
                    revision: Err("no value supplied for revision".to_string()),
                }
            }
        }
        impl RemovedModule {
            pub fn module<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.module = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for module: {e}")
                    });
                self
            }
            pub fn revision<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u64>,
                T::Error: ::std::fmt::Display,
            {
                self.revision = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for revision: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<RemovedModule> for super::RemovedModule {
            type Error = super::error::ConversionError;
            fn try_from(
                value: RemovedModule,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    module: value.module?,
                    revision: value.revision?,
                })
            }
        }
        impl ::std::convert::From<super::RemovedModule> for RemovedModule {
            fn from(value: super::RemovedModule) -> Self {
                Self {
                    module: Ok(value.module),
                    revision: Ok(value.revision),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct Resource {
            by: ::std::result::Result<::std::string::String, ::std::string::String>,
            history: ::std::result::Result<
                ::std::vec::Vec<super::Assignment>,
                ::std::string::String,
            >,
            name: ::std::result::Result<::std::string::String, ::std::string::String>,
            reason: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            since: ::std::result::Result<::std::string::String, ::std::string::String>,
            value: ::std::result::Result<::std::string::String, ::std::string::String>,
        }
        impl ::std::default::Default for Resource {
            fn default() -> Self {
                Self {
                    by: Err("no value supplied for by".to_string()),
                    history: Err("no value supplied for history".to_string()),
                    name: Err("no value supplied for name".to_string()),
                    reason: Ok(Default::default()),
                    since: Err("no value supplied for since".to_string()),
                    value: Err("no value supplied for value".to_string()),
                }
            }
        }
        impl Resource {
            pub fn by<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.by = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for by: {e}"));
                self
            }
            pub fn history<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::Assignment>>,
                T::Error: ::std::fmt::Display,
            {
                self.history = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for history: {e}")
                    });
                self
            }
            pub fn name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.name = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for name: {e}")
                    });
                self
            }
            pub fn reason<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.reason = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for reason: {e}")
                    });
                self
            }
            pub fn since<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.since = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for since: {e}")
                    });
                self
            }
            pub fn value<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.value = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for value: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Resource> for super::Resource {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Resource,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    by: value.by?,
                    history: value.history?,
                    name: value.name?,
                    reason: value.reason?,
                    since: value.since?,
                    value: value.value?,
                })
            }
        }
        impl ::std::convert::From<super::Resource> for Resource {
            fn from(value: super::Resource) -> Self {
                Self {
                    by: Ok(value.by),
                    history: Ok(value.history),
                    name: Ok(value.name),
                    reason: Ok(value.reason),
                    since: Ok(value.since),
                    value: Ok(value.value),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct ResourceList {
            module: ::std::result::Result<::std::string::String, ::std::string::String>,
            node: ::std::result::Result<::std::string::String, ::std::string::String>,
            resources: ::std::result::Result<
                ::std::vec::Vec<super::Resource>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for ResourceList {
            fn default() -> Self {
                Self {
                    module: Err("no value supplied for module".to_string()),
                    node: Err("no value supplied for node".to_string()),
                    resources: Err("no value supplied for resources".to_string()),
                }
            }
        }
        impl ResourceList {
            pub fn module<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.module = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for module: {e}")
                    });
                self
            }
            pub fn node<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.node = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for node: {e}")
                    });
                self
            }
            pub fn resources<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::Resource>>,
                T::Error: ::std::fmt::Display,
            {
                self.resources = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for resources: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<ResourceList> for super::ResourceList {
            type Error = super::error::ConversionError;
            fn try_from(
                value: ResourceList,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    module: value.module?,
                    node: value.node?,
                    resources: value.resources?,
                })
            }
        }
        impl ::std::convert::From<super::ResourceList> for ResourceList {
            fn from(value: super::ResourceList) -> Self {
                Self {
                    module: Ok(value.module),
                    node: Ok(value.node),
                    resources: Ok(value.resources),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct ResourceValue {
            identity: ::std::result::Result<
                ::std::option::Option<super::ResourceValueIdentity>,
                ::std::string::String,
            >,
            value: ::std::result::Result<
                super::ResourceValueValue,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for ResourceValue {
            fn default() -> Self {
                Self {
                    identity: Ok(Default::default()),
                    value: Err("no value supplied for value".to_string()),
                }
            }
        }
        impl ResourceValue {
            pub fn identity<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<super::ResourceValueIdentity>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.identity = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for identity: {e}")
                    });
                self
            }
            pub fn value<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::ResourceValueValue>,
                T::Error: ::std::fmt::Display,
            {
                self.value = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for value: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<ResourceValue> for super::ResourceValue {
            type Error = super::error::ConversionError;
            fn try_from(
                value: ResourceValue,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    identity: value.identity?,
                    value: value.value?,
                })
            }
        }
        impl ::std::convert::From<super::ResourceValue> for ResourceValue {
            fn from(value: super::ResourceValue) -> Self {
                Self {
                    identity: Ok(value.identity),
                    value: Ok(value.value),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct RevisionDiff {
            from: ::std::result::Result<u64, ::std::string::String>,
            module: ::std::result::Result<::std::string::String, ::std::string::String>,
            parts: ::std::result::Result<
                ::std::vec::Vec<super::PartDiff>,
                ::std::string::String,
            >,
            to: ::std::result::Result<u64, ::std::string::String>,
        }
        impl ::std::default::Default for RevisionDiff {
            fn default() -> Self {
                Self {
                    from: Err("no value supplied for from".to_string()),
                    module: Err("no value supplied for module".to_string()),
                    parts: Err("no value supplied for parts".to_string()),
                    to: Err("no value supplied for to".to_string()),
                }
            }
        }
        impl RevisionDiff {
            pub fn from<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u64>,
                T::Error: ::std::fmt::Display,
            {
                self.from = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for from: {e}")
                    });
                self
            }
            pub fn module<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.module = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for module: {e}")
                    });
                self
            }
            pub fn parts<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::PartDiff>>,
                T::Error: ::std::fmt::Display,
            {
                self.parts = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for parts: {e}")
                    });
                self
            }
            pub fn to<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u64>,
                T::Error: ::std::fmt::Display,
            {
                self.to = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for to: {e}"));
                self
            }
        }
        impl ::std::convert::TryFrom<RevisionDiff> for super::RevisionDiff {
            type Error = super::error::ConversionError;
            fn try_from(
                value: RevisionDiff,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    from: value.from?,
                    module: value.module?,
                    parts: value.parts?,
                    to: value.to?,
                })
            }
        }
        impl ::std::convert::From<super::RevisionDiff> for RevisionDiff {
            fn from(value: super::RevisionDiff) -> Self {
                Self {
                    from: Ok(value.from),
                    module: Ok(value.module),
                    parts: Ok(value.parts),
                    to: Ok(value.to),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct RevisionEntry {
            applied_at: ::std::result::Result<
                ::std::string::String,
                ::std::string::String,
            >,
            applied_by: ::std::result::Result<
                ::std::string::String,
                ::std::string::String,
            >,
            revision: ::std::result::Result<u64, ::std::string::String>,
            signature: ::std::result::Result<
                ::std::string::String,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for RevisionEntry {
            fn default() -> Self {
                Self {
                    applied_at: Err("no value supplied for applied_at".to_string()),
                    applied_by: Err("no value supplied for applied_by".to_string()),
                    revision: Err("no value supplied for revision".to_string()),
                    signature: Err("no value supplied for signature".to_string()),
                }
            }
        }
        impl RevisionEntry {
            pub fn applied_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.applied_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for applied_at: {e}")
                    });
                self
            }
            pub fn applied_by<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.applied_by = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for applied_by: {e}")
                    });
                self
            }
            pub fn revision<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u64>,
                T::Error: ::std::fmt::Display,
            {
                self.revision = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for revision: {e}")
                    });
                self
            }
            pub fn signature<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.signature = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for signature: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<RevisionEntry> for super::RevisionEntry {
            type Error = super::error::ConversionError;
            fn try_from(
                value: RevisionEntry,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    applied_at: value.applied_at?,
                    applied_by: value.applied_by?,
                    revision: value.revision?,
                    signature: value.signature?,
                })
            }
        }
        impl ::std::convert::From<super::RevisionEntry> for RevisionEntry {
            fn from(value: super::RevisionEntry) -> Self {
                Self {
                    applied_at: Ok(value.applied_at),
                    applied_by: Ok(value.applied_by),
                    revision: Ok(value.revision),
                    signature: Ok(value.signature),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct RevisionList {
            module: ::std::result::Result<::std::string::String, ::std::string::String>,
            revisions: ::std::result::Result<
                ::std::vec::Vec<super::RevisionEntry>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for RevisionList {
            fn default() -> Self {
                Self {
                    module: Err("no value supplied for module".to_string()),
                    revisions: Err("no value supplied for revisions".to_string()),
                }
            }
        }
        impl RevisionList {
            pub fn module<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.module = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for module: {e}")
                    });
                self
            }
            pub fn revisions<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::RevisionEntry>>,
                T::Error: ::std::fmt::Display,
            {
                self.revisions = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for revisions: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<RevisionList> for super::RevisionList {
            type Error = super::error::ConversionError;
            fn try_from(
                value: RevisionList,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    module: value.module?,
                    revisions: value.revisions?,
                })
            }
        }
        impl ::std::convert::From<super::RevisionList> for RevisionList {
            fn from(value: super::RevisionList) -> Self {
                Self {
                    module: Ok(value.module),
                    revisions: Ok(value.revisions),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct RollingRequest {
            action: ::std::result::Result<
                ::std::option::Option<super::RollingAction>,
                ::std::string::String,
            >,
            drain_s: ::std::result::Result<
                ::std::option::Option<u32>,
                ::std::string::String,
            >,
            nodes: ::std::result::Result<
                ::std::option::Option<::std::vec::Vec<::std::string::String>>,
                ::std::string::String,
            >,
            ready_s: ::std::result::Result<
                ::std::option::Option<::std::num::NonZeroU32>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for RollingRequest {
            fn default() -> Self {
                Self {
                    action: Ok(Default::default()),
                    drain_s: Ok(Default::default()),
                    nodes: Ok(Default::default()),
                    ready_s: Ok(Default::default()),
                }
            }
        }
        impl RollingRequest {
            pub fn action<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<super::RollingAction>>,
                T::Error: ::std::fmt::Display,
            {
                self.action = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for action: {e}")
                    });
                self
            }
            pub fn drain_s<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<u32>>,
                T::Error: ::std::fmt::Display,
            {
                self.drain_s = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for drain_s: {e}")
                    });
                self
            }
            pub fn nodes<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<::std::vec::Vec<::std::string::String>>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.nodes = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for nodes: {e}")
                    });
                self
            }
            pub fn ready_s<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<::std::num::NonZeroU32>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.ready_s = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for ready_s: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<RollingRequest> for super::RollingRequest {
            type Error = super::error::ConversionError;
            fn try_from(
                value: RollingRequest,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    action: value.action?,
                    drain_s: value.drain_s?,
                    nodes: value.nodes?,
                    ready_s: value.ready_s?,
                })
            }
        }
        impl ::std::convert::From<super::RollingRequest> for RollingRequest {
            fn from(value: super::RollingRequest) -> Self {
                Self {
                    action: Ok(value.action),
                    drain_s: Ok(value.drain_s),
                    nodes: Ok(value.nodes),
                    ready_s: Ok(value.ready_s),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct ScriptLog {
            at: ::std::result::Result<::std::string::String, ::std::string::String>,
            bytes: ::std::result::Result<u64, ::std::string::String>,
            name: ::std::result::Result<::std::string::String, ::std::string::String>,
            script: ::std::result::Result<::std::string::String, ::std::string::String>,
        }
        impl ::std::default::Default for ScriptLog {
            fn default() -> Self {
                Self {
                    at: Err("no value supplied for at".to_string()),
                    bytes: Err("no value supplied for bytes".to_string()),
                    name: Err("no value supplied for name".to_string()),
                    script: Err("no value supplied for script".to_string()),
                }
            }
        }
        impl ScriptLog {
            pub fn at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.at = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for at: {e}"));
                self
            }
            pub fn bytes<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u64>,
                T::Error: ::std::fmt::Display,
            {
                self.bytes = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for bytes: {e}")
                    });
                self
            }
            pub fn name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.name = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for name: {e}")
                    });
                self
            }
            pub fn script<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.script = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for script: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<ScriptLog> for super::ScriptLog {
            type Error = super::error::ConversionError;
            fn try_from(
                value: ScriptLog,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    at: value.at?,
                    bytes: value.bytes?,
                    name: value.name?,
                    script: value.script?,
                })
            }
        }
        impl ::std::convert::From<super::ScriptLog> for ScriptLog {
            fn from(value: super::ScriptLog) -> Self {
                Self {
                    at: Ok(value.at),
                    bytes: Ok(value.bytes),
                    name: Ok(value.name),
                    script: Ok(value.script),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct ScriptLogList {
            logs: ::std::result::Result<
                ::std::vec::Vec<super::ScriptLog>,
                ::std::string::String,
            >,
            module: ::std::result::Result<::std::string::String, ::std::string::String>,
            node: ::std::result::Result<::std::string::String, ::std::string::String>,
        }
        impl ::std::default::Default for ScriptLogList {
            fn default() -> Self {
                Self {
                    logs: Err("no value supplied for logs".to_string()),
                    module: Err("no value supplied for module".to_string()),
                    node: Err("no value supplied for node".to_string()),
                }
            }
        }
        impl ScriptLogList {
            pub fn logs<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::ScriptLog>>,
                T::Error: ::std::fmt::Display,
            {
                self.logs = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for logs: {e}")
                    });
                self
            }
            pub fn module<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.module = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for module: {e}")
                    });
                self
            }
            pub fn node<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.node = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for node: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<ScriptLogList> for super::ScriptLogList {
            type Error = super::error::ConversionError;
            fn try_from(
                value: ScriptLogList,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    logs: value.logs?,
                    module: value.module?,
                    node: value.node?,
                })
            }
        }
        impl ::std::convert::From<super::ScriptLogList> for ScriptLogList {
            fn from(value: super::ScriptLogList) -> Self {
                Self {
                    logs: Ok(value.logs),
                    module: Ok(value.module),
                    node: Ok(value.node),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct SecretState {
            begun_at: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            generation: ::std::result::Result<u64, ::std::string::String>,
            step: ::std::result::Result<super::SecretStep, ::std::string::String>,
        }
        impl ::std::default::Default for SecretState {
            fn default() -> Self {
                Self {
                    begun_at: Ok(Default::default()),
                    generation: Err("no value supplied for generation".to_string()),
                    step: Err("no value supplied for step".to_string()),
                }
            }
        }
        impl SecretState {
            pub fn begun_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.begun_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for begun_at: {e}")
                    });
                self
            }
            pub fn generation<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u64>,
                T::Error: ::std::fmt::Display,
            {
                self.generation = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for generation: {e}")
                    });
                self
            }
            pub fn step<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::SecretStep>,
                T::Error: ::std::fmt::Display,
            {
                self.step = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for step: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<SecretState> for super::SecretState {
            type Error = super::error::ConversionError;
            fn try_from(
                value: SecretState,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    begun_at: value.begun_at?,
                    generation: value.generation?,
                    step: value.step?,
                })
            }
        }
        impl ::std::convert::From<super::SecretState> for SecretState {
            fn from(value: super::SecretState) -> Self {
                Self {
                    begun_at: Ok(value.begun_at),
                    generation: Ok(value.generation),
                    step: Ok(value.step),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct Session {
            expires_at: ::std::result::Result<
                ::std::string::String,
                ::std::string::String,
            >,
            role: ::std::result::Result<super::Role, ::std::string::String>,
            token: ::std::result::Result<::std::string::String, ::std::string::String>,
        }
        impl ::std::default::Default for Session {
            fn default() -> Self {
                Self {
                    expires_at: Err("no value supplied for expires_at".to_string()),
                    role: Err("no value supplied for role".to_string()),
                    token: Err("no value supplied for token".to_string()),
                }
            }
        }
        impl Session {
            pub fn expires_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.expires_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for expires_at: {e}")
                    });
                self
            }
            pub fn role<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::Role>,
                T::Error: ::std::fmt::Display,
            {
                self.role = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for role: {e}")
                    });
                self
            }
            pub fn token<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.token = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for token: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Session> for super::Session {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Session,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    expires_at: value.expires_at?,
                    role: value.role?,
                    token: value.token?,
                })
            }
        }
        impl ::std::convert::From<super::Session> for Session {
            fn from(value: super::Session) -> Self {
                Self {
                    expires_at: Ok(value.expires_at),
                    role: Ok(value.role),
                    token: Ok(value.token),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct Share {
            buckets: ::std::result::Result<u32, ::std::string::String>,
            node: ::std::result::Result<::std::string::String, ::std::string::String>,
            percent: ::std::result::Result<f64, ::std::string::String>,
        }
        impl ::std::default::Default for Share {
            fn default() -> Self {
                Self {
                    buckets: Err("no value supplied for buckets".to_string()),
                    node: Err("no value supplied for node".to_string()),
                    percent: Err("no value supplied for percent".to_string()),
                }
            }
        }
        impl Share {
            pub fn buckets<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u32>,
                T::Error: ::std::fmt::Display,
            {
                self.buckets = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for buckets: {e}")
                    });
                self
            }
            pub fn node<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.node = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for node: {e}")
                    });
                self
            }
            pub fn percent<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<f64>,
                T::Error: ::std::fmt::Display,
            {
                self.percent = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for percent: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Share> for super::Share {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Share,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    buckets: value.buckets?,
                    node: value.node?,
                    percent: value.percent?,
                })
            }
        }
        impl ::std::convert::From<super::Share> for Share {
            fn from(value: super::Share) -> Self {
                Self {
                    buckets: Ok(value.buckets),
                    node: Ok(value.node),
                    percent: Ok(value.percent),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct Template {
            description: ::std::result::Result<
                ::std::string::String,
                ::std::string::String,
            >,
            macros: ::std::result::Result<
                ::std::vec::Vec<super::TemplateMacro>,
                ::std::string::String,
            >,
            name: ::std::result::Result<::std::string::String, ::std::string::String>,
        }
        impl ::std::default::Default for Template {
            fn default() -> Self {
                Self {
                    description: Err("no value supplied for description".to_string()),
                    macros: Err("no value supplied for macros".to_string()),
                    name: Err("no value supplied for name".to_string()),
                }
            }
        }
        impl Template {
            pub fn description<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.description = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for description: {e}")
                    });
                self
            }
            pub fn macros<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::TemplateMacro>>,
                T::Error: ::std::fmt::Display,
            {
                self.macros = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for macros: {e}")
                    });
                self
            }
            pub fn name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.name = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for name: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Template> for super::Template {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Template,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    description: value.description?,
                    macros: value.macros?,
                    name: value.name?,
                })
            }
        }
        impl ::std::convert::From<super::Template> for Template {
            fn from(value: super::Template) -> Self {
                Self {
                    description: Ok(value.description),
                    macros: Ok(value.macros),
                    name: Ok(value.name),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct TemplateList {
            templates: ::std::result::Result<
                ::std::vec::Vec<super::Template>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for TemplateList {
            fn default() -> Self {
                Self {
                    templates: Err("no value supplied for templates".to_string()),
                }
            }
        }
        impl TemplateList {
            pub fn templates<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::Template>>,
                T::Error: ::std::fmt::Display,
            {
                self.templates = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for templates: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<TemplateList> for super::TemplateList {
            type Error = super::error::ConversionError;
            fn try_from(
                value: TemplateList,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    templates: value.templates?,
                })
            }
        }
        impl ::std::convert::From<super::TemplateList> for TemplateList {
            fn from(value: super::TemplateList) -> Self {
                Self {
                    templates: Ok(value.templates),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct TemplateMacro {
            description: ::std::result::Result<
                ::std::string::String,
                ::std::string::String,
            >,
            name: ::std::result::Result<::std::string::String, ::std::string::String>,
            value: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for TemplateMacro {
            fn default() -> Self {
                Self {
                    description: Err("no value supplied for description".to_string()),
                    name: Err("no value supplied for name".to_string()),
                    value: Ok(Default::default()),
                }
            }
        }
        impl TemplateMacro {
            pub fn description<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.description = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for description: {e}")
                    });
                self
            }
            pub fn name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.name = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for name: {e}")
                    });
                self
            }
            pub fn value<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.value = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for value: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<TemplateMacro> for super::TemplateMacro {
            type Error = super::error::ConversionError;
            fn try_from(
                value: TemplateMacro,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    description: value.description?,
                    name: value.name?,
                    value: value.value?,
                })
            }
        }
        impl ::std::convert::From<super::TemplateMacro> for TemplateMacro {
            fn from(value: super::TemplateMacro) -> Self {
                Self {
                    description: Ok(value.description),
                    name: Ok(value.name),
                    value: Ok(value.value),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct UnreachableNode {
            node: ::std::result::Result<::std::string::String, ::std::string::String>,
            problem: ::std::result::Result<super::Problem, ::std::string::String>,
        }
        impl ::std::default::Default for UnreachableNode {
            fn default() -> Self {
                Self {
                    node: Err("no value supplied for node".to_string()),
                    problem: Err("no value supplied for problem".to_string()),
                }
            }
        }
        impl UnreachableNode {
            pub fn node<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.node = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for node: {e}")
                    });
                self
            }
            pub fn problem<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::Problem>,
                T::Error: ::std::fmt::Display,
            {
                self.problem = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for problem: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<UnreachableNode> for super::UnreachableNode {
            type Error = super::error::ConversionError;
            fn try_from(
                value: UnreachableNode,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    node: value.node?,
                    problem: value.problem?,
                })
            }
        }
        impl ::std::convert::From<super::UnreachableNode> for UnreachableNode {
            fn from(value: super::UnreachableNode) -> Self {
                Self {
                    node: Ok(value.node),
                    problem: Ok(value.problem),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct User {
            created_at: ::std::result::Result<
                ::std::string::String,
                ::std::string::String,
            >,
            name: ::std::result::Result<::std::string::String, ::std::string::String>,
            role: ::std::result::Result<super::Role, ::std::string::String>,
        }
        impl ::std::default::Default for User {
            fn default() -> Self {
                Self {
                    created_at: Err("no value supplied for created_at".to_string()),
                    name: Err("no value supplied for name".to_string()),
                    role: Err("no value supplied for role".to_string()),
                }
            }
        }
        impl User {
            pub fn created_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.created_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for created_at: {e}")
                    });
                self
            }
            pub fn name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.name = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for name: {e}")
                    });
                self
            }
            pub fn role<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::Role>,
                T::Error: ::std::fmt::Display,
            {
                self.role = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for role: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<User> for super::User {
            type Error = super::error::ConversionError;
            fn try_from(
                value: User,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    created_at: value.created_at?,
                    name: value.name?,
                    role: value.role?,
                })
            }
        }
        impl ::std::convert::From<super::User> for User {
            fn from(value: super::User) -> Self {
                Self {
                    created_at: Ok(value.created_at),
                    name: Ok(value.name),
                    role: Ok(value.role),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct UserList {
            users: ::std::result::Result<
                ::std::vec::Vec<super::User>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for UserList {
            fn default() -> Self {
                Self {
                    users: Err("no value supplied for users".to_string()),
                }
            }
        }
        impl UserList {
            pub fn users<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::User>>,
                T::Error: ::std::fmt::Display,
            {
                self.users = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for users: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<UserList> for super::UserList {
            type Error = super::error::ConversionError;
            fn try_from(
                value: UserList,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self { users: value.users? })
            }
        }
        impl ::std::convert::From<super::UserList> for UserList {
            fn from(value: super::UserList) -> Self {
                Self { users: Ok(value.users) }
            }
        }
        #[derive(Clone, Debug)]
        pub struct UserRecord {
            created_at: ::std::result::Result<
                ::std::string::String,
                ::std::string::String,
            >,
            phc: ::std::result::Result<::std::string::String, ::std::string::String>,
            role: ::std::result::Result<super::Role, ::std::string::String>,
        }
        impl ::std::default::Default for UserRecord {
            fn default() -> Self {
                Self {
                    created_at: Err("no value supplied for created_at".to_string()),
                    phc: Err("no value supplied for phc".to_string()),
                    role: Err("no value supplied for role".to_string()),
                }
            }
        }
        impl UserRecord {
            pub fn created_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.created_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for created_at: {e}")
                    });
                self
            }
            pub fn phc<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.phc = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for phc: {e}")
                    });
                self
            }
            pub fn role<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::Role>,
                T::Error: ::std::fmt::Display,
            {
                self.role = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for role: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<UserRecord> for super::UserRecord {
            type Error = super::error::ConversionError;
            fn try_from(
                value: UserRecord,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    created_at: value.created_at?,
                    phc: value.phc?,
                    role: value.role?,
                })
            }
        }
        impl ::std::convert::From<super::UserRecord> for UserRecord {
            fn from(value: super::UserRecord) -> Self {
                Self {
                    created_at: Ok(value.created_at),
                    phc: Ok(value.phc),
                    role: Ok(value.role),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct UserSettings {
            changed_at: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            password: ::std::result::Result<
                super::UserSettingsPassword,
                ::std::string::String,
            >,
            role: ::std::result::Result<super::Role, ::std::string::String>,
        }
        impl ::std::default::Default for UserSettings {
            fn default() -> Self {
                Self {
                    changed_at: Ok(Default::default()),
                    password: Err("no value supplied for password".to_string()),
                    role: Err("no value supplied for role".to_string()),
                }
            }
        }
        impl UserSettings {
            pub fn changed_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.changed_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for changed_at: {e}")
                    });
                self
            }
            pub fn password<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::UserSettingsPassword>,
                T::Error: ::std::fmt::Display,
            {
                self.password = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for password: {e}")
                    });
                self
            }
            pub fn role<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::Role>,
                T::Error: ::std::fmt::Display,
            {
                self.role = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for role: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<UserSettings> for super::UserSettings {
            type Error = super::error::ConversionError;
            fn try_from(
                value: UserSettings,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    changed_at: value.changed_at?,
                    password: value.password?,
                    role: value.role?,
                })
            }
        }
        impl ::std::convert::From<super::UserSettings> for UserSettings {
            fn from(value: super::UserSettings) -> Self {
                Self {
                    changed_at: Ok(value.changed_at),
                    password: Ok(value.password),
                    role: Ok(value.role),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct Version {
            api: ::std::result::Result<::std::string::String, ::std::string::String>,
            node: ::std::result::Result<::std::string::String, ::std::string::String>,
            version: ::std::result::Result<::std::string::String, ::std::string::String>,
        }
        impl ::std::default::Default for Version {
            fn default() -> Self {
                Self {
                    api: Err("no value supplied for api".to_string()),
                    node: Err("no value supplied for node".to_string()),
                    version: Err("no value supplied for version".to_string()),
                }
            }
        }
        impl Version {
            pub fn api<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.api = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for api: {e}")
                    });
                self
            }
            pub fn node<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.node = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for node: {e}")
                    });
                self
            }
            pub fn version<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.version = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for version: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Version> for super::Version {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Version,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    api: value.api?,
                    node: value.node?,
                    version: value.version?,
                })
            }
        }
        impl ::std::convert::From<super::Version> for Version {
            fn from(value: super::Version) -> Self {
                Self {
                    api: Ok(value.api),
                    node: Ok(value.node),
                    version: Ok(value.version),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct WhoAmI {
            expires_at: ::std::result::Result<
                ::std::string::String,
                ::std::string::String,
            >,
            modules: ::std::result::Result<
                ::std::option::Option<::std::vec::Vec<::std::string::String>>,
                ::std::string::String,
            >,
            role: ::std::result::Result<super::Role, ::std::string::String>,
            user: ::std::result::Result<::std::string::String, ::std::string::String>,
        }
        impl ::std::default::Default for WhoAmI {
            fn default() -> Self {
                Self {
                    expires_at: Err("no value supplied for expires_at".to_string()),
                    modules: Ok(Default::default()),
                    role: Err("no value supplied for role".to_string()),
                    user: Err("no value supplied for user".to_string()),
                }
            }
        }
        impl WhoAmI {
            pub fn expires_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.expires_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for expires_at: {e}")
                    });
                self
            }
            pub fn modules<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<::std::vec::Vec<::std::string::String>>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.modules = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for modules: {e}")
                    });
                self
            }
            pub fn role<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::Role>,
                T::Error: ::std::fmt::Display,
            {
                self.role = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for role: {e}")
                    });
                self
            }
            pub fn user<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.user = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for user: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<WhoAmI> for super::WhoAmI {
            type Error = super::error::ConversionError;
            fn try_from(
                value: WhoAmI,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    expires_at: value.expires_at?,
                    modules: value.modules?,
                    role: value.role?,
                    user: value.user?,
                })
            }
        }
        impl ::std::convert::From<super::WhoAmI> for WhoAmI {
            fn from(value: super::WhoAmI) -> Self {
                Self {
                    expires_at: Ok(value.expires_at),
                    modules: Ok(value.modules),
                    role: Ok(value.role),
                    user: Ok(value.user),
                }
            }
        }
    }
    /// Error types.
    pub mod error {
        /// Error from a `TryFrom` or `FromStr` implementation.
        pub struct ConversionError(::std::borrow::Cow<'static, str>);
        impl ::std::error::Error for ConversionError {}
        impl ::std::fmt::Display for ConversionError {
            fn fmt(
                &self,
                f: &mut ::std::fmt::Formatter<'_>,
            ) -> Result<(), ::std::fmt::Error> {
                ::std::fmt::Display::fmt(&self.0, f)
            }
        }
        impl ::std::fmt::Debug for ConversionError {
            fn fmt(
                &self,
                f: &mut ::std::fmt::Formatter<'_>,
            ) -> Result<(), ::std::fmt::Error> {
                ::std::fmt::Debug::fmt(&self.0, f)
            }
        }
        impl From<&'static str> for ConversionError {
            fn from(value: &'static str) -> Self {
                Self(value.into())
            }
        }
        impl From<String> for ConversionError {
            fn from(value: String) -> Self {
                Self(value.into())
            }
        }
    }
}
#[derive(Clone, Debug)]
/**Client for Evenkeel

Several servers share a virtual IP. Log in with `POST /v1/login`, then send the token as `Authorization: Bearer <token>` to any node: each answers for all. Programs send an API key in its place. Errors are RFC 9457 problems with a closed list of types.

Version: 0.1.0*/
pub struct Client {
    pub(crate) baseurl: String,
    pub(crate) client: reqwest::Client,
    pub(crate) inner: crate::session::Login,
}
impl Client {
    /// Create a new client.
    ///
    /// `baseurl` is the base URL provided to the internal
    /// `reqwest::Client`, and should include a scheme and hostname,
    /// as well as port and a path stem if applicable.
    pub fn new(baseurl: &str, inner: crate::session::Login) -> Self {
        #[cfg(not(target_arch = "wasm32"))]
        let client = {
            let dur = ::std::time::Duration::from_secs(15u64);
            reqwest::ClientBuilder::new().connect_timeout(dur).timeout(dur)
        };
        #[cfg(target_arch = "wasm32")]
        let client = reqwest::ClientBuilder::new();
        Self::new_with_client(baseurl, client.build().unwrap(), inner)
    }
    /// Construct a new client with an existing `reqwest::Client`,
    /// allowing more control over its configuration.
    ///
    /// `baseurl` is the base URL provided to the internal
    /// `reqwest::Client`, and should include a scheme and hostname,
    /// as well as port and a path stem if applicable.
    pub fn new_with_client(
        baseurl: &str,
        client: reqwest::Client,
        inner: crate::session::Login,
    ) -> Self {
        Self {
            baseurl: baseurl.to_string(),
            client,
            inner,
        }
    }
}
impl ClientInfo<crate::session::Login> for Client {
    fn api_version() -> &'static str {
        "0.1.0"
    }
    fn baseurl(&self) -> &str {
        self.baseurl.as_str()
    }
    fn client(&self) -> &reqwest::Client {
        &self.client
    }
    fn inner(&self) -> &crate::session::Login {
        &self.inner
    }
}
impl ClientHooks<crate::session::Login> for &Client {}
impl Client {
    /**The health

Answers while the daemon runs; needs no login.

Sends a `GET` request to `/healthz`

```text
let response = client.health()
    .send()
    .await;
```*/
    pub fn health(&self) -> builder::Health<'_> {
        builder::Health::new(self)
    }
    /**What the answering node measures

As text for Prometheus (OpenMetrics): the node, its peers, its modules with their resources, shares, flows and
packets. Without login it is on the plain port for probes (`evenkeel serve --probe-listen`).

Sends a `GET` request to `/metrics`

```text
let response = client.metrics()
    .send()
    .await;
```*/
    pub fn metrics(&self) -> builder::Metrics<'_> {
        builder::Metrics::new(self)
    }
    /**Whether the node can work

Its engine runs and its store answers; needs no login. Whether it serves a module says
`/v1/modules/{module}/ready`.

Sends a `GET` request to `/readyz`

```text
let response = client.ready()
    .send()
    .await;
```*/
    pub fn ready(&self) -> builder::Ready<'_> {
        builder::Ready::new(self)
    }
    /**The API keys

As the answering node has them; the keys themselves nobody can show.

Sends a `GET` request to `/v1/api-keys`

```text
let response = client.list_api_keys()
    .send()
    .await;
```*/
    pub fn list_api_keys(&self) -> builder::ListApiKeys<'_> {
        builder::ListApiKeys::new(self)
    }
    /**Make an API key

For a program: it is sent in place of a token and needs no login. On all nodes, with a result per
node; a node that missed it takes it when it is back.

Sends a `POST` request to `/v1/api-keys`

Arguments:
- `idempotency_key`: A text of the caller's choice, 1 to 128 visible characters: the request is carried out once. Sent again with the same key within an hour, to the same node, it gets the same answer. Keys of requests that were refused can be used again.
- `body`
```text
let response = client.create_api_key()
    .idempotency_key(idempotency_key)
    .body(body)
    .send()
    .await;
```*/
    pub fn create_api_key(&self) -> builder::CreateApiKey<'_> {
        builder::CreateApiKey::new(self)
    }
    /**Remove an API key

From all nodes, with a result per node; whoever uses it is refused at once.

Sends a `DELETE` request to `/v1/api-keys/{api_key}`

Arguments:
- `api_key`: The key's name.
```text
let response = client.delete_api_key()
    .api_key(api_key)
    .send()
    .await;
```*/
    pub fn delete_api_key(&self) -> builder::DeleteApiKey<'_> {
        builder::DeleteApiKey::new(self)
    }
    /**Replace an API key

By another of the same name, role and modules. The former key is good for the time of the overlap, so
that programs can be given the new one without a gap; with an overlap of 0 it ends at once.

Sends a `POST` request to `/v1/api-keys/{api_key}/rotate`

Arguments:
- `api_key`: The key's name.
- `idempotency_key`: A text of the caller's choice, 1 to 128 visible characters: the request is carried out once. Sent again with the same key within an hour, to the same node, it gets the same answer. Keys of requests that were refused can be used again.
- `body`
```text
let response = client.rotate_api_key()
    .api_key(api_key)
    .idempotency_key(idempotency_key)
    .body(body)
    .send()
    .await;
```*/
    pub fn rotate_api_key(&self) -> builder::RotateApiKey<'_> {
        builder::RotateApiKey::new(self)
    }
    /**The authority

The certificate of the cluster's authority, which signed those of all nodes; needs no login. Who has only its
fingerprint asks for it over a connection that nothing vouches for yet, compares, and trusts this certificate
alone from there on.

Sends a `GET` request to `/v1/authority`

```text
let response = client.get_authority()
    .send()
    .await;
```*/
    pub fn get_authority(&self) -> builder::GetAuthority<'_> {
        builder::GetAuthority::new(self)
    }
    /**The cluster

Its nodes, whether the answering node hears them, and its networks.

Sends a `GET` request to `/v1/cluster`

```text
let response = client.get_cluster()
    .send()
    .await;
```*/
    pub fn get_cluster(&self) -> builder::GetCluster<'_> {
        builder::GetCluster::new(self)
    }
    /**Rotate the cluster's secret

Replaces what authenticates heartbeats and liveness probes, without a gap: first every node
accepts a new secret, then all send under it, and each drops the former one when it has heard
every other node under the new one. No node may be away, nor may an earlier rotation be
unfinished: then nothing changes, and the problem names the node. Which flows belong to which
node does not change. Files of `evenkeel export-join` from before are of no use afterwards.

Sends a `POST` request to `/v1/cluster/secret/rotate`

Arguments:
- `idempotency_key`: A text of the caller's choice, 1 to 128 visible characters: the request is carried out once. Sent again with the same key within an hour, to the same node, it gets the same answer. Keys of requests that were refused can be used again.
```text
let response = client.rotate_secret()
    .idempotency_key(idempotency_key)
    .send()
    .await;
```*/
    pub fn rotate_secret(&self) -> builder::RotateSecret<'_> {
        builder::RotateSecret::new(self)
    }
    /**What happens on all nodes

The events of every node in one stream, in the order in which they come to the node that answers, as of
`GET /v1/nodes/{node}/events`. An id has a place of each node, as in `node1=4-17,node2=3-9`. A node that
does not answer is told by `node_unreachable`; when it does again its events follow without a gap, as far
as it kept them.

Sends a `GET` request to `/v1/events`

Arguments:
- `after`: The `id` of an event: those after it, as far as they are kept, then those that happen. Without it, and
without a header `Last-Event-ID`, those that happen from now on.
- `level`: `normal` leaves verbose events out; there is everything when absent.
- `module`: Only those about this module.
```text
let response = client.follow_events()
    .after(after)
    .level(level)
    .module(module)
    .send()
    .await;
```*/
    pub fn follow_events(&self) -> builder::FollowEvents<'_> {
        builder::FollowEvents::new(self)
    }
    /**Log in

Gives a token for 15 minutes. A wrong password and an unknown user give the same answer after
the same work; five failures within a minute make the caller wait.

Sends a `POST` request to `/v1/login`

```text
let response = client.login()
    .body(body)
    .send()
    .await;
```*/
    pub fn login(&self) -> builder::Login<'_> {
        builder::Login::new(self)
    }
    /**The modules

Each with its state and revision on every node, so that a difference shows.

Sends a `GET` request to `/v1/modules`

```text
let response = client.list_modules()
    .send()
    .await;
```*/
    pub fn list_modules(&self) -> builder::ListModules<'_> {
        builder::ListModules::new(self)
    }
    /**Make a module from a template

On every node, as `configure_module` does, with the template's configuration file and scripts and the
macros given. The same request again completes it on nodes that missed it; a module of this name with
another content is refused. What the template leaves out is changed by `configure_module` afterwards.

Sends a `POST` request to `/v1/modules`

Arguments:
- `dry_run`: True: check on every node and change nothing.
- `idempotency_key`: A text of the caller's choice, 1 to 128 visible characters: the request is carried out once. Sent again with the same key within an hour, to the same node, it gets the same answer. Keys of requests that were refused can be used again.
- `body`
```text
let response = client.create_module()
    .dry_run(dry_run)
    .idempotency_key(idempotency_key)
    .body(body)
    .send()
    .await;
```*/
    pub fn create_module(&self) -> builder::CreateModule<'_> {
        builder::CreateModule::new(self)
    }
    /**A module

Its state on every node, and how the traffic is shared among them as configured and as measured
by the flows that each opened. A node that does not answer, or lacks the module, says so.

Sends a `GET` request to `/v1/modules/{module}`

Arguments:
- `module`: The module's name: 1 to 32 characters, a letter first, then letters, digits, `_` and `-`.
```text
let response = client.get_module()
    .module(module)
    .send()
    .await;
```*/
    pub fn get_module(&self) -> builder::GetModule<'_> {
        builder::GetModule::new(self)
    }
    /**Configure a module

Checks the configuration on every node that answers; one that refuses it stops the change on
all. Then applies it on every node. Nodes that lack the revision afterwards are named; the same
request again completes it there, and a node that was away takes it when it is back, before it starts
any module. The module must be stopped where the configuration changes.

Sends a `PUT` request to `/v1/modules/{module}`

Arguments:
- `module`: The module's name: 1 to 32 characters, a letter first, then letters, digits, `_` and `-`.
- `dry_run`: True: check on every node and change nothing.
- `if_match`: The `ETag` of the configuration that the change is meant for: where another one is in force,
nothing changes and the problem is `precondition-failed`. `*`: any. Without it, whatever is in force
is replaced.
- `body`
```text
let response = client.configure_module()
    .module(module)
    .dry_run(dry_run)
    .if_match(if_match)
    .body(body)
    .send()
    .await;
```*/
    pub fn configure_module(&self) -> builder::ConfigureModule<'_> {
        builder::ConfigureModule::new(self)
    }
    /**Remove a module

From every node, with its configuration, its scripts and its log. It must be stopped.

Sends a `DELETE` request to `/v1/modules/{module}`

Arguments:
- `module`: The module's name: 1 to 32 characters, a letter first, then letters, digits, `_` and `-`.
```text
let response = client.delete_module()
    .module(module)
    .send()
    .await;
```*/
    pub fn delete_module(&self) -> builder::DeleteModule<'_> {
        builder::DeleteModule::new(self)
    }
    /**The configuration of a module

As the answering node has it. Send its `ETag` as `If-Match` with a change that is meant for this
configuration and no other.

Sends a `GET` request to `/v1/modules/{module}/config`

Arguments:
- `module`: The module's name: 1 to 32 characters, a letter first, then letters, digits, `_` and `-`.
```text
let response = client.get_module_config()
    .module(module)
    .send()
    .await;
```*/
    pub fn get_module_config(&self) -> builder::GetModuleConfig<'_> {
        builder::GetModuleConfig::new(self)
    }
    /**Drain nodes of a module

On the nodes named, with a result per node. A node that took it gives its share to the others while the
module runs on there: its connections stay until they end, and new ones come to the others. `drain`
of the module's status says how far it is; wait for `drained` on the node, and its machine can go. A
drain holds until `undrain`, or until the module is stopped there. A node that nobody could relieve says
`wrong-state`. Where none but drained nodes are left, they serve.

Sends a `POST` request to `/v1/modules/{module}/drain`

Arguments:
- `module`: The module's name: 1 to 32 characters, a letter first, then letters, digits, `_` and `-`.
- `idempotency_key`: A text of the caller's choice, 1 to 128 visible characters: the request is carried out once. Sent again with the same key within an hour, to the same node, it gets the same answer. Keys of requests that were refused can be used again.
- `body`
```text
let response = client.drain_module()
    .module(module)
    .idempotency_key(idempotency_key)
    .body(body)
    .send()
    .await;
```*/
    pub fn drain_module(&self) -> builder::DrainModule<'_> {
        builder::DrainModule::new(self)
    }
    /**The operations on a module

Of all nodes, those that run and those that ended, the newest first.

Sends a `GET` request to `/v1/modules/{module}/operations`

Arguments:
- `module`: The module's name: 1 to 32 characters, a letter first, then letters, digits, `_` and `-`.
```text
let response = client.list_operations()
    .module(module)
    .send()
    .await;
```*/
    pub fn list_operations(&self) -> builder::ListOperations<'_> {
        builder::ListOperations::new(self)
    }
    /**The package of a module

Its configuration as the answering node has it, as a `.safe` file: a zip of `conf/userconfig.xml`,
`conf/macros.json` and `bin/` with the scripts. The same configuration gives the same bytes.

Sends a `GET` request to `/v1/modules/{module}/package`

Arguments:
- `module`: The module's name: 1 to 32 characters, a letter first, then letters, digits, `_` and `-`.
```text
let response = client.get_module_package()
    .module(module)
    .send()
    .await;
```*/
    pub fn get_module_package(&self) -> builder::GetModulePackage<'_> {
        builder::GetModulePackage::new(self)
    }
    /**Configure a module from a package

Creates or changes the module on every node, as `configure_module` does, with what a `.safe` file has:
`conf/userconfig.xml`, which has to be there, `conf/macros.json` and the files in `bin/`. Everything wrong
with the package or in it is told at once; other entries are named in the warnings and not kept. A
package has 1 MiB and 256 entries at the most, 1 MiB unpacked, and no entry that unpacks to more than 100
times its size; absolute paths, paths with `..` or a backslash, links, and entries that are there twice
are refused.

Sends a `PUT` request to `/v1/modules/{module}/package`

Arguments:
- `module`: The module's name: 1 to 32 characters, a letter first, then letters, digits, `_` and `-`.
- `dry_run`: True: check on every node and change nothing.
- `macros`: Values of macros, as a JSON object of texts; they replace those of the package, name by name.
- `if_match`: The `ETag` of the configuration that the change is meant for: where another one is in force,
nothing changes and the problem is `precondition-failed`. `*`: any. Without it, whatever is in force
is replaced.
- `body`: The package, a zip.
```text
let response = client.put_module_package()
    .module(module)
    .dry_run(dry_run)
    .macros(macros)
    .if_match(if_match)
    .body(body)
    .send()
    .await;
```*/
    pub fn put_module_package(&self) -> builder::PutModulePackage<'_> {
        builder::PutModulePackage::new(self)
    }
    /**Whether a module serves on the answering node

200 where it is UP (Ready) there, else the problem `not-ready`; needs no login, so that load balancers and
monitors can ask. The same in words of the reference, `OK` or `NOT FOUND`, is `/var/modules/{module}/ready.txt`
on the plain port for probes (`evenkeel serve --probe-listen`).

Sends a `GET` request to `/v1/modules/{module}/ready`

Arguments:
- `module`: The module's name: 1 to 32 characters, a letter first, then letters, digits, `_` and `-`.
```text
let response = client.module_ready()
    .module(module)
    .send()
    .await;
```*/
    pub fn module_ready(&self) -> builder::ModuleReady<'_> {
        builder::ModuleReady::new(self)
    }
    /**Restart the application of a module

In place, on the nodes named, or on all, with a result per node. A node that took it hands its share
to the others, runs `stop_both` and `start_both`, and takes its share back; the virtual addresses
stay. Nodes named together restart together: name them one after the other to keep the service up.

Sends a `POST` request to `/v1/modules/{module}/restart`

Arguments:
- `module`: The module's name: 1 to 32 characters, a letter first, then letters, digits, `_` and `-`.
- `idempotency_key`: A text of the caller's choice, 1 to 128 visible characters: the request is carried out once. Sent again with the same key within an hour, to the same node, it gets the same answer. Keys of requests that were refused can be used again.
- `body`
```text
let response = client.restart_module()
    .module(module)
    .idempotency_key(idempotency_key)
    .body(body)
    .send()
    .await;
```*/
    pub fn restart_module(&self) -> builder::RestartModule<'_> {
        builder::RestartModule::new(self)
    }
    /**The revisions of a module

The ten latest that the answering node has, the latest first: that one is in force.

Sends a `GET` request to `/v1/modules/{module}/revisions`

Arguments:
- `module`: The module's name: 1 to 32 characters, a letter first, then letters, digits, `_` and `-`.
```text
let response = client.list_revisions()
    .module(module)
    .send()
    .await;
```*/
    pub fn list_revisions(&self) -> builder::ListRevisions<'_> {
        builder::ListRevisions::new(self)
    }
    /**A revision of a module

With file, macros and scripts, as the answering node has it.

Sends a `GET` request to `/v1/modules/{module}/revisions/{revision}`

Arguments:
- `module`: The module's name: 1 to 32 characters, a letter first, then letters, digits, `_` and `-`.
- `revision`: The revision's number.
```text
let response = client.get_revision()
    .module(module)
    .revision(revision)
    .send()
    .await;
```*/
    pub fn get_revision(&self) -> builder::GetRevision<'_> {
        builder::GetRevision::new(self)
    }
    /**How two revisions of a module differ

The file, each macro and each script that is not the same in both, with the lines that differ. What
would be changed by restoring the one in the path is asked from the other side: its number is `to` then.

Sends a `GET` request to `/v1/modules/{module}/revisions/{revision}/diff`

Arguments:
- `module`: The module's name: 1 to 32 characters, a letter first, then letters, digits, `_` and `-`.
- `revision`: The revision's number.
- `to`: The other revision; the one in force when absent.
```text
let response = client.diff_revisions()
    .module(module)
    .revision(revision)
    .to(to)
    .send()
    .await;
```*/
    pub fn diff_revisions(&self) -> builder::DiffRevisions<'_> {
        builder::DiffRevisions::new(self)
    }
    /**Restore a revision of a module

Configures the module on every node with what the revision has, as `configure_module` does: it becomes
the latest revision, with a number of its own, and the others stay. The module must be stopped.

Sends a `POST` request to `/v1/modules/{module}/revisions/{revision}/restore`

Arguments:
- `module`: The module's name: 1 to 32 characters, a letter first, then letters, digits, `_` and `-`.
- `revision`: The revision's number.
- `dry_run`: True: check on every node and change nothing.
- `idempotency_key`: A text of the caller's choice, 1 to 128 visible characters: the request is carried out once. Sent again with the same key within an hour, to the same node, it gets the same answer. Keys of requests that were refused can be used again.
- `if_match`: The `ETag` of the configuration that the change is meant for: where another one is in force,
nothing changes and the problem is `precondition-failed`. `*`: any. Without it, whatever is in force
is replaced.
```text
let response = client.restore_revision()
    .module(module)
    .revision(revision)
    .dry_run(dry_run)
    .idempotency_key(idempotency_key)
    .if_match(if_match)
    .send()
    .await;
```*/
    pub fn restore_revision(&self) -> builder::RestoreRevision<'_> {
        builder::RestoreRevision::new(self)
    }
    /**Restart a module's application node by node

One after the other is drained, has its application stopped and started, is waited for until it is `UP`
`Ready` with its checks passed, and takes its share again; the service is never interrupted. It stops at
the first failure and says where; a node that fails stays as it is. `Location` says where the operation
is followed. To upgrade an application put it in place on the nodes first, or let `start_both` do it.

Sends a `POST` request to `/v1/modules/{module}/rolling`

Arguments:
- `module`: The module's name: 1 to 32 characters, a letter first, then letters, digits, `_` and `-`.
- `idempotency_key`: A text of the caller's choice, 1 to 128 visible characters: the request is carried out once. Sent again with the same key within an hour, to the same node, it gets the same answer. Keys of requests that were refused can be used again.
- `body`
```text
let response = client.roll_module()
    .module(module)
    .idempotency_key(idempotency_key)
    .body(body)
    .send()
    .await;
```*/
    pub fn roll_module(&self) -> builder::RollModule<'_> {
        builder::RollModule::new(self)
    }
    /**Start a module

On the nodes named, or on all, with a result per node. A node that took it starts the module by
itself; wait for `UP` `Ready` on the node. Where it runs already the node says `wrong-state`.

Sends a `POST` request to `/v1/modules/{module}/start`

Arguments:
- `module`: The module's name: 1 to 32 characters, a letter first, then letters, digits, `_` and `-`.
- `idempotency_key`: A text of the caller's choice, 1 to 128 visible characters: the request is carried out once. Sent again with the same key within an hour, to the same node, it gets the same answer. Keys of requests that were refused can be used again.
- `body`
```text
let response = client.start_module()
    .module(module)
    .idempotency_key(idempotency_key)
    .body(body)
    .send()
    .await;
```*/
    pub fn start_module(&self) -> builder::StartModule<'_> {
        builder::StartModule::new(self)
    }
    /**Stop a module

On the nodes named, or on all, with a result per node. A node that took it hands its share to
the others, then stops the application; wait for `STOP` `NotReady` on the node.

Sends a `POST` request to `/v1/modules/{module}/stop`

Arguments:
- `module`: The module's name: 1 to 32 characters, a letter first, then letters, digits, `_` and `-`.
- `idempotency_key`: A text of the caller's choice, 1 to 128 visible characters: the request is carried out once. Sent again with the same key within an hour, to the same node, it gets the same answer. Keys of requests that were refused can be used again.
- `body`
```text
let response = client.stop_module()
    .module(module)
    .idempotency_key(idempotency_key)
    .body(body)
    .send()
    .await;
```*/
    pub fn stop_module(&self) -> builder::StopModule<'_> {
        builder::StopModule::new(self)
    }
    /**Stop a module and start it again

On the nodes named, or on all, with a result per node. A node that took it goes all the way to
`STOP` and starts by itself; a stop meanwhile calls the start off.

Sends a `POST` request to `/v1/modules/{module}/stopstart`

Arguments:
- `module`: The module's name: 1 to 32 characters, a letter first, then letters, digits, `_` and `-`.
- `idempotency_key`: A text of the caller's choice, 1 to 128 visible characters: the request is carried out once. Sent again with the same key within an hour, to the same node, it gets the same answer. Keys of requests that were refused can be used again.
- `body`
```text
let response = client.stopstart_module()
    .module(module)
    .idempotency_key(idempotency_key)
    .body(body)
    .send()
    .await;
```*/
    pub fn stopstart_module(&self) -> builder::StopstartModule<'_> {
        builder::StopstartModule::new(self)
    }
    /**Give drained nodes of a module a share again

On the nodes named, or on all, with a result per node. Where the module is not drained nothing changes.

Sends a `POST` request to `/v1/modules/{module}/undrain`

Arguments:
- `module`: The module's name: 1 to 32 characters, a letter first, then letters, digits, `_` and `-`.
- `idempotency_key`: A text of the caller's choice, 1 to 128 visible characters: the request is carried out once. Sent again with the same key within an hour, to the same node, it gets the same answer. Keys of requests that were refused can be used again.
- `body`
```text
let response = client.undrain_module()
    .module(module)
    .idempotency_key(idempotency_key)
    .body(body)
    .send()
    .await;
```*/
    pub fn undrain_module(&self) -> builder::UndrainModule<'_> {
        builder::UndrainModule::new(self)
    }
    /**All nodes

Each node is asked for its state; one that does not answer says why.

Sends a `GET` request to `/v1/nodes`

```text
let response = client.list_nodes()
    .send()
    .await;
```*/
    pub fn list_nodes(&self) -> builder::ListNodes<'_> {
        builder::ListNodes::new(self)
    }
    /**A node

What it says of itself, its peers and its modules.

Sends a `GET` request to `/v1/nodes/{node}`

Arguments:
- `node`: The node's name, or `self` for the node that answers.
```text
let response = client.get_node()
    .node(node)
    .send()
    .await;
```*/
    pub fn get_node(&self) -> builder::GetNode<'_> {
        builder::GetNode::new(self)
    }
    /**The accounts of a node

Which version of each user and API key the node has, removals included: a node that was away takes what
is later elsewhere by itself. What proves a password or a key only other nodes get.

Sends a `GET` request to `/v1/nodes/{node}/accounts`

Arguments:
- `node`: The node's name, or `self` for the node that answers.
```text
let response = client.list_accounts_on_node()
    .node(node)
    .send()
    .await;
```*/
    pub fn list_accounts_on_node(&self) -> builder::ListAccountsOnNode<'_> {
        builder::ListAccountsOnNode::new(self)
    }
    /**Set an API key on one node

Part of making or replacing a key on all nodes; of the key the node gets only a digest. It counts as the
latest change, which nodes that miss it take.

Sends a `PUT` request to `/v1/nodes/{node}/api-keys/{api_key}`

Arguments:
- `node`: The node's name, or `self` for the node that answers.
- `api_key`: The key's name.
- `body`
```text
let response = client.put_api_key_on_node()
    .node(node)
    .api_key(api_key)
    .body(body)
    .send()
    .await;
```*/
    pub fn put_api_key_on_node(&self) -> builder::PutApiKeyOnNode<'_> {
        builder::PutApiKeyOnNode::new(self)
    }
    /**Remove an API key from one node

Whoever uses it on this node is refused at once. The others take the removal as the latest change.

Sends a `DELETE` request to `/v1/nodes/{node}/api-keys/{api_key}`

Arguments:
- `node`: The node's name, or `self` for the node that answers.
- `api_key`: The key's name.
```text
let response = client.delete_api_key_on_node()
    .node(node)
    .api_key(api_key)
    .send()
    .await;
```*/
    pub fn delete_api_key_on_node(&self) -> builder::DeleteApiKeyOnNode<'_> {
        builder::DeleteApiKeyOnNode::new(self)
    }
    /**The audit trail of a node

Every change asked of the node: by whom, with which outcome.

Sends a `GET` request to `/v1/nodes/{node}/audit`

Arguments:
- `node`: The node's name, or `self` for the node that answers.
- `limit`: The newest entries, at most this many; 100 when absent.
```text
let response = client.get_audit_trail()
    .node(node)
    .limit(limit)
    .send()
    .await;
```*/
    pub fn get_audit_trail(&self) -> builder::GetAuditTrail<'_> {
        builder::GetAuditTrail::new(self)
    }
    /**What happens on a node

Server-sent events, each with its id, its kind as the event's name, and as data the object described here.
The first one (`stream_opened`) says where the stream begins; a client that connects again sends the id of
the last one it had. The node keeps the newest 10 000 in memory: where some are missing, an `events_lost`
stands in their place. The stream ends with the token; log in again and go on.

Sends a `GET` request to `/v1/nodes/{node}/events`

Arguments:
- `node`: The node's name, or `self` for the node that answers.
- `after`: The `id` of an event: those after it, as far as they are kept, then those that happen. Without it, and
without a header `Last-Event-ID`, those that happen from now on.
- `level`: `normal` leaves verbose events out; there is everything when absent.
- `module`: Only those about this module.
```text
let response = client.follow_node_events()
    .node(node)
    .after(after)
    .level(level)
    .module(module)
    .send()
    .await;
```*/
    pub fn follow_node_events(&self) -> builder::FollowNodeEvents<'_> {
        builder::FollowNodeEvents::new(self)
    }
    /**The modules of a node

Each with its state and revision there.

Sends a `GET` request to `/v1/nodes/{node}/modules`

Arguments:
- `node`: The node's name, or `self` for the node that answers.
```text
let response = client.list_modules_on_node()
    .node(node)
    .send()
    .await;
```*/
    pub fn list_modules_on_node(&self) -> builder::ListModulesOnNode<'_> {
        builder::ListModulesOnNode::new(self)
    }
    /**A module on a node

Its state, its share of the traffic as configured and the flows that it opened, its network
interfaces, its counters.

Sends a `GET` request to `/v1/nodes/{node}/modules/{module}`

Arguments:
- `node`: The node's name, or `self` for the node that answers.
- `module`: The module's name: 1 to 32 characters, a letter first, then letters, digits, `_` and `-`.
```text
let response = client.get_module_on_node()
    .node(node)
    .module(module)
    .send()
    .await;
```*/
    pub fn get_module_on_node(&self) -> builder::GetModuleOnNode<'_> {
        builder::GetModuleOnNode::new(self)
    }
    /**Configure a module on one node

Part of configuring it on all nodes, which is what callers usually want: the others take a later revision
by themselves, but not at once, and not where the module runs.

Sends a `PUT` request to `/v1/nodes/{node}/modules/{module}`

Arguments:
- `node`: The node's name, or `self` for the node that answers.
- `module`: The module's name: 1 to 32 characters, a letter first, then letters, digits, `_` and `-`.
- `dry_run`: True: check and change nothing.
- `revision`: The revision that it is to have; the node's next one when absent.
- `body`
```text
let response = client.configure_module_on_node()
    .node(node)
    .module(module)
    .dry_run(dry_run)
    .revision(revision)
    .body(body)
    .send()
    .await;
```*/
    pub fn configure_module_on_node(&self) -> builder::ConfigureModuleOnNode<'_> {
        builder::ConfigureModuleOnNode::new(self)
    }
    /**Remove a module from one node

With its configuration, its scripts and its log. It must be stopped.

Sends a `DELETE` request to `/v1/nodes/{node}/modules/{module}`

Arguments:
- `node`: The node's name, or `self` for the node that answers.
- `module`: The module's name: 1 to 32 characters, a letter first, then letters, digits, `_` and `-`.
```text
let response = client.delete_module_on_node()
    .node(node)
    .module(module)
    .send()
    .await;
```*/
    pub fn delete_module_on_node(&self) -> builder::DeleteModuleOnNode<'_> {
        builder::DeleteModuleOnNode::new(self)
    }
    /**Switch the start with the machine of a module on or off

The node keeps the switch, and it counts where the module's `boot` is `ignore`, which is the
default. It starts and stops nothing at once; a start at boot that has not happened yet is called off
with it.

Sends a `PUT` request to `/v1/nodes/{node}/modules/{module}/boot`

Arguments:
- `node`: The node's name, or `self` for the node that answers.
- `module`: The module's name: 1 to 32 characters, a letter first, then letters, digits, `_` and `-`.
- `body`
```text
let response = client.set_module_boot_on_node()
    .node(node)
    .module(module)
    .body(body)
    .send()
    .await;
```*/
    pub fn set_module_boot_on_node(&self) -> builder::SetModuleBootOnNode<'_> {
        builder::SetModuleBootOnNode::new(self)
    }
    /**Who owns the buckets

All 4096 buckets of a group, or of all groups, as runs of neighbours with the same owner and
state, in the state in which this node's packet filter has them. While the module's traffic is
not open on the node, the problem is `wrong-state`; where it has no such group, `not-found`.

Sends a `GET` request to `/v1/nodes/{node}/modules/{module}/buckets`

Arguments:
- `node`: The node's name, or `self` for the node that answers.
- `module`: The module's name: 1 to 32 characters, a letter first, then letters, digits, `_` and `-`.
- `flows`: True: with the flows opened in each run.
- `group`: The group's name; all groups when absent.
```text
let response = client.get_buckets()
    .node(node)
    .module(module)
    .flows(flows)
    .group(group)
    .send()
    .await;
```*/
    pub fn get_buckets(&self) -> builder::GetBuckets<'_> {
        builder::GetBuckets::new(self)
    }
    /**The configuration of a module on a node

With revision and signature.

Sends a `GET` request to `/v1/nodes/{node}/modules/{module}/config`

Arguments:
- `node`: The node's name, or `self` for the node that answers.
- `module`: The module's name: 1 to 32 characters, a letter first, then letters, digits, `_` and `-`.
```text
let response = client.get_module_config_on_node()
    .node(node)
    .module(module)
    .send()
    .await;
```*/
    pub fn get_module_config_on_node(&self) -> builder::GetModuleConfigOnNode<'_> {
        builder::GetModuleConfigOnNode::new(self)
    }
    /**Drain a node of a module

Possible in `UP` while another node serves; elsewhere the problem is `wrong-state`. The share goes to the
others, the application runs on. Wait for `drain` `drained` afterwards.

Sends a `POST` request to `/v1/nodes/{node}/modules/{module}/drain`

Arguments:
- `node`: The node's name, or `self` for the node that answers.
- `module`: The module's name: 1 to 32 characters, a letter first, then letters, digits, `_` and `-`.
- `identity`: The program that asks by itself, such as a checker: the action counts for `maxloop` then, and the
log names the program. Without it somebody asks, and the count begins anew.
- `idempotency_key`: A text of the caller's choice, 1 to 128 visible characters: the request is carried out once. Sent again with the same key within an hour, to the same node, it gets the same answer. Keys of requests that were refused can be used again.
```text
let response = client.drain_module_on_node()
    .node(node)
    .module(module)
    .identity(identity)
    .idempotency_key(idempotency_key)
    .send()
    .await;
```*/
    pub fn drain_module_on_node(&self) -> builder::DrainModuleOnNode<'_> {
        builder::DrainModuleOnNode::new(self)
    }
    /**The log of a module on a node

The newest entries, oldest first.

Sends a `GET` request to `/v1/nodes/{node}/modules/{module}/log`

Arguments:
- `node`: The node's name, or `self` for the node that answers.
- `module`: The module's name: 1 to 32 characters, a letter first, then letters, digits, `_` and `-`.
- `after`: Only entries with a greater id than this, and of these the oldest: who asks again with the last id
that it had follows the log.
- `level`: `normal` leaves verbose lines out; there is everything when absent.
- `limit`: The newest entries, at most this many; 100 when absent.
```text
let response = client.get_module_log()
    .node(node)
    .module(module)
    .after(after)
    .level(level)
    .limit(limit)
    .send()
    .await;
```*/
    pub fn get_module_log(&self) -> builder::GetModuleLog<'_> {
        builder::GetModuleLog::new(self)
    }
    /**Say something in a module's log on a node

For scripts, beside their own output.

Sends a `POST` request to `/v1/nodes/{node}/modules/{module}/log`

Arguments:
- `node`: The node's name, or `self` for the node that answers.
- `module`: The module's name: 1 to 32 characters, a letter first, then letters, digits, `_` and `-`.
- `idempotency_key`: A text of the caller's choice, 1 to 128 visible characters: the request is carried out once. Sent again with the same key within an hour, to the same node, it gets the same answer. Keys of requests that were refused can be used again.
- `body`
```text
let response = client.write_module_log()
    .node(node)
    .module(module)
    .idempotency_key(idempotency_key)
    .body(body)
    .send()
    .await;
```*/
    pub fn write_module_log(&self) -> builder::WriteModuleLog<'_> {
        builder::WriteModuleLog::new(self)
    }
    /**The operations of a node on a module

Those that it carries out or did, the newest first.

Sends a `GET` request to `/v1/nodes/{node}/modules/{module}/operations`

Arguments:
- `node`: The node's name, or `self` for the node that answers.
- `module`: The module's name: 1 to 32 characters, a letter first, then letters, digits, `_` and `-`.
```text
let response = client.list_operations_of_node()
    .node(node)
    .module(module)
    .send()
    .await;
```*/
    pub fn list_operations_of_node(&self) -> builder::ListOperationsOfNode<'_> {
        builder::ListOperationsOfNode::new(self)
    }
    /**An operation

Where it is, with each of its nodes.

Sends a `GET` request to `/v1/nodes/{node}/modules/{module}/operations/{operation}`

Arguments:
- `node`: The node's name, or `self` for the node that answers.
- `module`: The module's name: 1 to 32 characters, a letter first, then letters, digits, `_` and `-`.
- `operation`: The operation's number on that node.
```text
let response = client.get_operation()
    .node(node)
    .module(module)
    .operation(operation)
    .send()
    .await;
```*/
    pub fn get_operation(&self) -> builder::GetOperation<'_> {
        builder::GetOperation::new(self)
    }
    /**Call an operation off

It ends after the node whose application is being started, or gives a node that is being drained its
share back. One that has ended says `wrong-state`.

Sends a `POST` request to `/v1/nodes/{node}/modules/{module}/operations/{operation}/cancel`

Arguments:
- `node`: The node's name, or `self` for the node that answers.
- `module`: The module's name: 1 to 32 characters, a letter first, then letters, digits, `_` and `-`.
- `operation`: The operation's number on that node.
- `idempotency_key`: A text of the caller's choice, 1 to 128 visible characters: the request is carried out once. Sent again with the same key within an hour, to the same node, it gets the same answer. Keys of requests that were refused can be used again.
```text
let response = client.cancel_operation()
    .node(node)
    .module(module)
    .operation(operation)
    .idempotency_key(idempotency_key)
    .send()
    .await;
```*/
    pub fn cancel_operation(&self) -> builder::CancelOperation<'_> {
        builder::CancelOperation::new(self)
    }
    /**Wait for the end of an operation

Answers as soon as it has ended, and when the time has passed: `state` says which.

Sends a `GET` request to `/v1/nodes/{node}/modules/{module}/operations/{operation}/wait`

Arguments:
- `node`: The node's name, or `self` for the node that answers.
- `module`: The module's name: 1 to 32 characters, a letter first, then letters, digits, `_` and `-`.
- `operation`: The operation's number on that node.
- `timeout_ms`: How long to wait, in milliseconds; 30 s when absent.
```text
let response = client.wait_for_operation()
    .node(node)
    .module(module)
    .operation(operation)
    .timeout_ms(timeout_ms)
    .send()
    .await;
```*/
    pub fn wait_for_operation(&self) -> builder::WaitForOperation<'_> {
        builder::WaitForOperation::new(self)
    }
    /**Whose is a flow

By the very hash and decision of this node's packet filter: the rule that takes the flow, its
bucket, the owner, and what this node does with its packets, with the reason. A parameter that
is missing or does not fit is named in the problem `malformed-request`; while the module's
traffic is not open on the node, the problem is `wrong-state`; where it has no such group,
`not-found`.

Sends a `GET` request to `/v1/nodes/{node}/modules/{module}/owner`

Arguments:
- `node`: The node's name, or `self` for the node that answers.
- `module`: The module's name: 1 to 32 characters, a letter first, then letters, digits, `_` and `-`.
- `group`: The group's name, in place of `vip`, `port` and `protocol`; possible where its rules hash
alike.
- `ipid`: The identification field of the IPv4 header. Needed where the rule hashes it.
- `port`: The service's port. Needed with `vip`, for the protocols that have ports.
- `protocol`: The protocol; TCP when absent.
- `sport`: The client's port. Needed where the rule hashes it.
- `src`: The client's address; for `arp` that of who asks.
- `vip`: The virtual address.
```text
let response = client.get_flow_owner()
    .node(node)
    .module(module)
    .group(group)
    .ipid(ipid)
    .port(port)
    .protocol(protocol)
    .sport(sport)
    .src(src)
    .vip(vip)
    .send()
    .await;
```*/
    pub fn get_flow_owner(&self) -> builder::GetFlowOwner<'_> {
        builder::GetFlowOwner::new(self)
    }
    /**The resources of a module on a node

What its checkers, the monitoring of its processes and its scripts say, each with its history.

Sends a `GET` request to `/v1/nodes/{node}/modules/{module}/resources`

Arguments:
- `node`: The node's name, or `self` for the node that answers.
- `module`: The module's name: 1 to 32 characters, a letter first, then letters, digits, `_` and `-`.
```text
let response = client.list_resources_on_node()
    .node(node)
    .module(module)
    .send()
    .await;
```*/
    pub fn list_resources_on_node(&self) -> builder::ListResourcesOnNode<'_> {
        builder::ListResourcesOnNode::new(self)
    }
    /**Set a resource of a module on a node

One that no checker owns, or that of a custom checker while it runs. Failover rules act on it at once.

Sends a `PUT` request to `/v1/nodes/{node}/modules/{module}/resources/{resource}`

Arguments:
- `node`: The node's name, or `self` for the node that answers.
- `module`: The module's name: 1 to 32 characters, a letter first, then letters, digits, `_` and `-`.
- `resource`: The resource's class and name, as in `custom.disk`, 128 signs of ASCII without spaces at the most.
- `body`
```text
let response = client.set_resource_on_node()
    .node(node)
    .module(module)
    .resource(resource)
    .body(body)
    .send()
    .await;
```*/
    pub fn set_resource_on_node(&self) -> builder::SetResourceOnNode<'_> {
        builder::SetResourceOnNode::new(self)
    }
    /**Restart the application of a module on a node

Possible in `UP`; elsewhere the problem is `wrong-state`. The share goes to the others, `stop_both` and
`start_both` run, the share comes back. Wait for the accepted generation and `UP` `Ready` afterwards.

Sends a `POST` request to `/v1/nodes/{node}/modules/{module}/restart`

Arguments:
- `node`: The node's name, or `self` for the node that answers.
- `module`: The module's name: 1 to 32 characters, a letter first, then letters, digits, `_` and `-`.
- `identity`: The program that asks by itself, such as a checker: the action counts for `maxloop` then, and the
log names the program. Without it somebody asks, and the count begins anew.
- `idempotency_key`: A text of the caller's choice, 1 to 128 visible characters: the request is carried out once. Sent again with the same key within an hour, to the same node, it gets the same answer. Keys of requests that were refused can be used again.
```text
let response = client.restart_module_on_node()
    .node(node)
    .module(module)
    .identity(identity)
    .idempotency_key(idempotency_key)
    .send()
    .await;
```*/
    pub fn restart_module_on_node(&self) -> builder::RestartModuleOnNode<'_> {
        builder::RestartModuleOnNode::new(self)
    }
    /**The outputs of a module's scripts on a node

One per execution, the oldest first; with `logging="none"` in the configuration there are none. The log
of the module says which script ran when and how it ended.

Sends a `GET` request to `/v1/nodes/{node}/modules/{module}/script-logs`

Arguments:
- `node`: The node's name, or `self` for the node that answers.
- `module`: The module's name: 1 to 32 characters, a letter first, then letters, digits, `_` and `-`.
```text
let response = client.list_script_logs()
    .node(node)
    .module(module)
    .send()
    .await;
```*/
    pub fn list_script_logs(&self) -> builder::ListScriptLogs<'_> {
        builder::ListScriptLogs::new(self)
    }
    /**The output of a script on a node

What one execution wrote to its standard output and error so far, as it wrote it: the last 2 MiB of it.

Sends a `GET` request to `/v1/nodes/{node}/modules/{module}/script-logs/{log}`

Arguments:
- `node`: The node's name, or `self` for the node that answers.
- `module`: The module's name: 1 to 32 characters, a letter first, then letters, digits, `_` and `-`.
- `log`: The name of the output, as in the list.
```text
let response = client.get_script_log()
    .node(node)
    .module(module)
    .log(log)
    .send()
    .await;
```*/
    pub fn get_script_log(&self) -> builder::GetScriptLog<'_> {
        builder::GetScriptLog::new(self)
    }
    /**A snapshot of a module on a node

A zip for whoever is to find a fault: state, resources with their history, measures, configuration, scripts,
log, and the ends of the newest outputs of scripts; `about.json` says what is left out. Values of macros whose
names speak of a secret (`PASS`, `SECRET`, `TOKEN`, `KEY`, `CREDENTIAL`) are masked wherever they stand.

Sends a `GET` request to `/v1/nodes/{node}/modules/{module}/snapshot`

Arguments:
- `node`: The node's name, or `self` for the node that answers.
- `module`: The module's name: 1 to 32 characters, a letter first, then letters, digits, `_` and `-`.
- `anonymous`: True: for somebody who may not know the site. Nodes, LANs, users, addresses and other machines have other
names, the same ones throughout; scripts and their outputs are left out.
```text
let response = client.get_snapshot()
    .node(node)
    .module(module)
    .anonymous(anonymous)
    .send()
    .await;
```*/
    pub fn get_snapshot(&self) -> builder::GetSnapshot<'_> {
        builder::GetSnapshot::new(self)
    }
    /**Start a module on a node

Possible in `STOP`; elsewhere the problem is `wrong-state`. Wait for `UP` `Ready` afterwards.

Sends a `POST` request to `/v1/nodes/{node}/modules/{module}/start`

Arguments:
- `node`: The node's name, or `self` for the node that answers.
- `module`: The module's name: 1 to 32 characters, a letter first, then letters, digits, `_` and `-`.
- `idempotency_key`: A text of the caller's choice, 1 to 128 visible characters: the request is carried out once. Sent again with the same key within an hour, to the same node, it gets the same answer. Keys of requests that were refused can be used again.
```text
let response = client.start_module_on_node()
    .node(node)
    .module(module)
    .idempotency_key(idempotency_key)
    .send()
    .await;
```*/
    pub fn start_module_on_node(&self) -> builder::StartModuleOnNode<'_> {
        builder::StartModuleOnNode::new(self)
    }
    /**Stop a module on a node

Possible anywhere but in `STOP`; a second stop changes nothing and is taken. A module in `STOP` that
is about to start with the machine (`boot`, `pending`) does not then. Wait for `STOP` `NotReady`
afterwards.

Sends a `POST` request to `/v1/nodes/{node}/modules/{module}/stop`

Arguments:
- `node`: The node's name, or `self` for the node that answers.
- `module`: The module's name: 1 to 32 characters, a letter first, then letters, digits, `_` and `-`.
- `identity`: The program that asks by itself, such as a checker: the action counts for `maxloop` then, and the
log names the program. Without it somebody asks, and the count begins anew.
- `idempotency_key`: A text of the caller's choice, 1 to 128 visible characters: the request is carried out once. Sent again with the same key within an hour, to the same node, it gets the same answer. Keys of requests that were refused can be used again.
```text
let response = client.stop_module_on_node()
    .node(node)
    .module(module)
    .identity(identity)
    .idempotency_key(idempotency_key)
    .send()
    .await;
```*/
    pub fn stop_module_on_node(&self) -> builder::StopModuleOnNode<'_> {
        builder::StopModuleOnNode::new(self)
    }
    /**Stop a module on a node and start it again

Possible anywhere but in `STOP`. The module goes down to `STOP` and up again by itself; a stop
meanwhile calls the start off.

Sends a `POST` request to `/v1/nodes/{node}/modules/{module}/stopstart`

Arguments:
- `node`: The node's name, or `self` for the node that answers.
- `module`: The module's name: 1 to 32 characters, a letter first, then letters, digits, `_` and `-`.
- `identity`: The program that asks by itself, such as a checker: the action counts for `maxloop` then, and the
log names the program. Without it somebody asks, and the count begins anew.
- `idempotency_key`: A text of the caller's choice, 1 to 128 visible characters: the request is carried out once. Sent again with the same key within an hour, to the same node, it gets the same answer. Keys of requests that were refused can be used again.
```text
let response = client.stopstart_module_on_node()
    .node(node)
    .module(module)
    .identity(identity)
    .idempotency_key(idempotency_key)
    .send()
    .await;
```*/
    pub fn stopstart_module_on_node(&self) -> builder::StopstartModuleOnNode<'_> {
        builder::StopstartModuleOnNode::new(self)
    }
    /**Give a drained node a share of a module again

Possible in `UP`; elsewhere the problem is `wrong-state`. Where it is not drained nothing changes.

Sends a `POST` request to `/v1/nodes/{node}/modules/{module}/undrain`

Arguments:
- `node`: The node's name, or `self` for the node that answers.
- `module`: The module's name: 1 to 32 characters, a letter first, then letters, digits, `_` and `-`.
- `identity`: The program that asks by itself, such as a checker: the action counts for `maxloop` then, and the
log names the program. Without it somebody asks, and the count begins anew.
- `idempotency_key`: A text of the caller's choice, 1 to 128 visible characters: the request is carried out once. Sent again with the same key within an hour, to the same node, it gets the same answer. Keys of requests that were refused can be used again.
```text
let response = client.undrain_module_on_node()
    .node(node)
    .module(module)
    .identity(identity)
    .idempotency_key(idempotency_key)
    .send()
    .await;
```*/
    pub fn undrain_module_on_node(&self) -> builder::UndrainModuleOnNode<'_> {
        builder::UndrainModuleOnNode::new(self)
    }
    /**Wait for a module's state on a node

Answers as soon as the state is reached, at once where it is reached already. When the time has
passed, the problem is `wait-timed-out` and says which state it is.

Sends a `GET` request to `/v1/nodes/{node}/modules/{module}/wait`

Arguments:
- `node`: The node's name, or `self` for the node that answers.
- `module`: The module's name: 1 to 32 characters, a letter first, then letters, digits, `_` and `-`.
- `drain`: How far a drain is to be; any when absent.
- `generation`: The status generation to reach, as an accepted request gave it; any when absent.
- `phase`: The phase to reach; any when absent.
- `readiness`: How settled it is to be; any when absent.
- `timeout_ms`: How long to wait, in milliseconds; 30 s when absent.
```text
let response = client.wait_for_module()
    .node(node)
    .module(module)
    .drain(drain)
    .generation(generation)
    .phase(phase)
    .readiness(readiness)
    .timeout_ms(timeout_ms)
    .send()
    .await;
```*/
    pub fn wait_for_module(&self) -> builder::WaitForModule<'_> {
        builder::WaitForModule::new(self)
    }
    /**The cluster's secret on a node

Which generation of it the node sends under, and whether it accepts another one.

Sends a `GET` request to `/v1/nodes/{node}/secret`

Arguments:
- `node`: The node's name, or `self` for the node that answers.
```text
let response = client.get_secret_state()
    .node(node)
    .send()
    .await;
```*/
    pub fn get_secret_state(&self) -> builder::GetSecretState<'_> {
        builder::GetSecretState::new(self)
    }
    /**Let one node accept the next secret

Part of rotating the secret on all nodes; the node goes on sending under the one in use.

Sends a `PUT` request to `/v1/nodes/{node}/secret/next`

Arguments:
- `node`: The node's name, or `self` for the node that answers.
- `body`
```text
let response = client.accept_secret_on_node()
    .node(node)
    .body(body)
    .send()
    .await;
```*/
    pub fn accept_secret_on_node(&self) -> builder::AcceptSecretOnNode<'_> {
        builder::AcceptSecretOnNode::new(self)
    }
    /**Let one node accept the next secret no more

Undoes the first step of a rotation that not every node could take. Refused once the node sends
under that secret.

Sends a `DELETE` request to `/v1/nodes/{node}/secret/next`

Arguments:
- `node`: The node's name, or `self` for the node that answers.
- `generation`: The generation of the next secret; another one stays.
```text
let response = client.abandon_secret_on_node()
    .node(node)
    .generation(generation)
    .send()
    .await;
```*/
    pub fn abandon_secret_on_node(&self) -> builder::AbandonSecretOnNode<'_> {
        builder::AbandonSecretOnNode::new(self)
    }
    /**Set a user on one node

Part of making a user on all nodes. A change of a user that there is counts as the latest one, which the
others take.

Sends a `PUT` request to `/v1/nodes/{node}/users/{user}`

Arguments:
- `node`: The node's name, or `self` for the node that answers.
- `user`: The user's name.
- `body`
```text
let response = client.put_user_on_node()
    .node(node)
    .user(user)
    .body(body)
    .send()
    .await;
```*/
    pub fn put_user_on_node(&self) -> builder::PutUserOnNode<'_> {
        builder::PutUserOnNode::new(self)
    }
    /**Remove a user from one node

Ends the user's tokens on this node at once. The others take the removal as the latest change.

Sends a `DELETE` request to `/v1/nodes/{node}/users/{user}`

Arguments:
- `node`: The node's name, or `self` for the node that answers.
- `user`: The user's name.
```text
let response = client.delete_user_on_node()
    .node(node)
    .user(user)
    .send()
    .await;
```*/
    pub fn delete_user_on_node(&self) -> builder::DeleteUserOnNode<'_> {
        builder::DeleteUserOnNode::new(self)
    }
    /**The templates

What `create_module` can make a module from, with the macros that need a value. They are part of the
answering node's program.

Sends a `GET` request to `/v1/templates`

```text
let response = client.list_templates()
    .send()
    .await;
```*/
    pub fn list_templates(&self) -> builder::ListTemplates<'_> {
        builder::ListTemplates::new(self)
    }
    /**The users

As the answering node has them.

Sends a `GET` request to `/v1/users`

```text
let response = client.list_users()
    .send()
    .await;
```*/
    pub fn list_users(&self) -> builder::ListUsers<'_> {
        builder::ListUsers::new(self)
    }
    /**Make a user

On all nodes, with a result per node. The same request again completes it on nodes that missed
it; another password or role for a name that exists is refused.

Sends a `POST` request to `/v1/users`

Arguments:
- `idempotency_key`: A text of the caller's choice, 1 to 128 visible characters: the request is carried out once. Sent again with the same key within an hour, to the same node, it gets the same answer. Keys of requests that were refused can be used again.
- `body`
```text
let response = client.create_user()
    .idempotency_key(idempotency_key)
    .body(body)
    .send()
    .await;
```*/
    pub fn create_user(&self) -> builder::CreateUser<'_> {
        builder::CreateUser::new(self)
    }
    /**Remove a user

From all nodes, with a result per node; the user's tokens end at once.

Sends a `DELETE` request to `/v1/users/{user}`

Arguments:
- `user`: The user's name.
```text
let response = client.delete_user()
    .user(user)
    .send()
    .await;
```*/
    pub fn delete_user(&self) -> builder::DeleteUser<'_> {
        builder::DeleteUser::new(self)
    }
    /**The version

Of the node that answers, and of the API.

Sends a `GET` request to `/v1/version`

```text
let response = client.version()
    .send()
    .await;
```*/
    pub fn version(&self) -> builder::Version<'_> {
        builder::Version::new(self)
    }
    /**Who am I

The user and the role behind the token, or the API key.

Sends a `GET` request to `/v1/whoami`

```text
let response = client.whoami()
    .send()
    .await;
```*/
    pub fn whoami(&self) -> builder::Whoami<'_> {
        builder::Whoami::new(self)
    }
}
/// Types for composing operation parameters.
#[allow(clippy::all)]
pub mod builder {
    use super::types;
    #[allow(unused_imports)]
    use super::{
        encode_path, ByteStream, ClientInfo, ClientHooks, Error, OperationInfo,
        RequestBuilderExt, ResponseValue,
    };
    /**Builder for [`Client::health`]

[`Client::health`]: super::Client::health*/
    #[derive(Debug, Clone)]
    pub struct Health<'a> {
        client: &'a super::Client,
    }
    impl<'a> Health<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self { client: client }
        }
        ///Sends a `GET` request to `/healthz`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::Health>, Error<types::Problem>> {
            let Self { client } = self;
            let url = format!("{}/healthz", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "health",
            };
            match (crate::session::authorize)(&client.inner, &mut request).await {
                Ok(_) => {}
                Err(e) => return Err(Error::Custom(e.to_string())),
            }
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::metrics`]

[`Client::metrics`]: super::Client::metrics*/
    #[derive(Debug, Clone)]
    pub struct Metrics<'a> {
        client: &'a super::Client,
    }
    impl<'a> Metrics<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self { client: client }
        }
        ///Sends a `GET` request to `/metrics`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<ByteStream>, Error<types::Problem>> {
            let Self { client } = self;
            let url = format!("{}/metrics", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client.client.get(url).headers(header_map).build()?;
            let info = OperationInfo {
                operation_id: "metrics",
            };
            match (crate::session::authorize)(&client.inner, &mut request).await {
                Ok(_) => {}
                Err(e) => return Err(Error::Custom(e.to_string())),
            }
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => Ok(ResponseValue::stream(response)),
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::ready`]

[`Client::ready`]: super::Client::ready*/
    #[derive(Debug, Clone)]
    pub struct Ready<'a> {
        client: &'a super::Client,
    }
    impl<'a> Ready<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self { client: client }
        }
        ///Sends a `GET` request to `/readyz`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::Health>, Error<types::Problem>> {
            let Self { client } = self;
            let url = format!("{}/readyz", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "ready",
            };
            match (crate::session::authorize)(&client.inner, &mut request).await {
                Ok(_) => {}
                Err(e) => return Err(Error::Custom(e.to_string())),
            }
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::list_api_keys`]

[`Client::list_api_keys`]: super::Client::list_api_keys*/
    #[derive(Debug, Clone)]
    pub struct ListApiKeys<'a> {
        client: &'a super::Client,
    }
    impl<'a> ListApiKeys<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self { client: client }
        }
        ///Sends a `GET` request to `/v1/api-keys`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::ApiKeyList>, Error<types::Problem>> {
            let Self { client } = self;
            let url = format!("{}/v1/api-keys", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "list_api_keys",
            };
            match (crate::session::authorize)(&client.inner, &mut request).await {
                Ok(_) => {}
                Err(e) => return Err(Error::Custom(e.to_string())),
            }
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::create_api_key`]

[`Client::create_api_key`]: super::Client::create_api_key*/
    #[derive(Debug, Clone)]
    pub struct CreateApiKey<'a> {
        client: &'a super::Client,
        idempotency_key: Result<Option<types::CreateApiKeyIdempotencyKey>, String>,
        body: Result<types::builder::NewApiKey, String>,
    }
    impl<'a> CreateApiKey<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                idempotency_key: Ok(None),
                body: Ok(::std::default::Default::default()),
            }
        }
        pub fn idempotency_key<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::CreateApiKeyIdempotencyKey>,
        {
            self.idempotency_key = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `CreateApiKeyIdempotencyKey` for idempotency_key failed"
                        .to_string()
                });
            self
        }
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::NewApiKey>,
            <V as std::convert::TryInto<types::NewApiKey>>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| {
                    format!("conversion to `NewApiKey` for body failed: {}", s)
                });
            self
        }
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(types::builder::NewApiKey) -> types::builder::NewApiKey,
        {
            self.body = self.body.map(f);
            self
        }
        ///Sends a `POST` request to `/v1/api-keys`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::MadeApiKey>, Error<types::Problem>> {
            let Self { client, idempotency_key, body } = self;
            let idempotency_key = idempotency_key.map_err(Error::InvalidRequest)?;
            let body = body
                .and_then(|v| types::NewApiKey::try_from(v).map_err(|e| e.to_string()))
                .map_err(Error::InvalidRequest)?;
            let url = format!("{}/v1/api-keys", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            if let Some(value) = idempotency_key {
                header_map.append("Idempotency-Key", value.to_string().try_into()?);
            }
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "create_api_key",
            };
            match (crate::session::authorize)(&client.inner, &mut request).await {
                Ok(_) => {}
                Err(e) => return Err(Error::Custom(e.to_string())),
            }
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                201u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::delete_api_key`]

[`Client::delete_api_key`]: super::Client::delete_api_key*/
    #[derive(Debug, Clone)]
    pub struct DeleteApiKey<'a> {
        client: &'a super::Client,
        api_key: Result<::std::string::String, String>,
    }
    impl<'a> DeleteApiKey<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                api_key: Err("api_key was not initialized".to_string()),
            }
        }
        pub fn api_key<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.api_key = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for api_key failed"
                        .to_string()
                });
            self
        }
        ///Sends a `DELETE` request to `/v1/api-keys/{api_key}`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::NodeResults>, Error<types::Problem>> {
            let Self { client, api_key } = self;
            let api_key = api_key.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v1/api-keys/{}", client.baseurl, encode_path(& api_key.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .delete(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "delete_api_key",
            };
            match (crate::session::authorize)(&client.inner, &mut request).await {
                Ok(_) => {}
                Err(e) => return Err(Error::Custom(e.to_string())),
            }
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::rotate_api_key`]

[`Client::rotate_api_key`]: super::Client::rotate_api_key*/
    #[derive(Debug, Clone)]
    pub struct RotateApiKey<'a> {
        client: &'a super::Client,
        api_key: Result<::std::string::String, String>,
        idempotency_key: Result<Option<types::RotateApiKeyIdempotencyKey>, String>,
        body: Result<types::builder::ApiKeyRotation, String>,
    }
    impl<'a> RotateApiKey<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                api_key: Err("api_key was not initialized".to_string()),
                idempotency_key: Ok(None),
                body: Ok(::std::default::Default::default()),
            }
        }
        pub fn api_key<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.api_key = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for api_key failed"
                        .to_string()
                });
            self
        }
        pub fn idempotency_key<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::RotateApiKeyIdempotencyKey>,
        {
            self.idempotency_key = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `RotateApiKeyIdempotencyKey` for idempotency_key failed"
                        .to_string()
                });
            self
        }
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::ApiKeyRotation>,
            <V as std::convert::TryInto<
                types::ApiKeyRotation,
            >>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| {
                    format!("conversion to `ApiKeyRotation` for body failed: {}", s)
                });
            self
        }
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(
                types::builder::ApiKeyRotation,
            ) -> types::builder::ApiKeyRotation,
        {
            self.body = self.body.map(f);
            self
        }
        ///Sends a `POST` request to `/v1/api-keys/{api_key}/rotate`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::MadeApiKey>, Error<types::Problem>> {
            let Self { client, api_key, idempotency_key, body } = self;
            let api_key = api_key.map_err(Error::InvalidRequest)?;
            let idempotency_key = idempotency_key.map_err(Error::InvalidRequest)?;
            let body = body
                .and_then(|v| {
                    types::ApiKeyRotation::try_from(v).map_err(|e| e.to_string())
                })
                .map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v1/api-keys/{}/rotate", client.baseurl, encode_path(& api_key
                .to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            if let Some(value) = idempotency_key {
                header_map.append("Idempotency-Key", value.to_string().try_into()?);
            }
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "rotate_api_key",
            };
            match (crate::session::authorize)(&client.inner, &mut request).await {
                Ok(_) => {}
                Err(e) => return Err(Error::Custom(e.to_string())),
            }
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::get_authority`]

[`Client::get_authority`]: super::Client::get_authority*/
    #[derive(Debug, Clone)]
    pub struct GetAuthority<'a> {
        client: &'a super::Client,
    }
    impl<'a> GetAuthority<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self { client: client }
        }
        ///Sends a `GET` request to `/v1/authority`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::Authority>, Error<types::Problem>> {
            let Self { client } = self;
            let url = format!("{}/v1/authority", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "get_authority",
            };
            match (crate::session::authorize)(&client.inner, &mut request).await {
                Ok(_) => {}
                Err(e) => return Err(Error::Custom(e.to_string())),
            }
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::get_cluster`]

[`Client::get_cluster`]: super::Client::get_cluster*/
    #[derive(Debug, Clone)]
    pub struct GetCluster<'a> {
        client: &'a super::Client,
    }
    impl<'a> GetCluster<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self { client: client }
        }
        ///Sends a `GET` request to `/v1/cluster`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::Cluster>, Error<types::Problem>> {
            let Self { client } = self;
            let url = format!("{}/v1/cluster", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "get_cluster",
            };
            match (crate::session::authorize)(&client.inner, &mut request).await {
                Ok(_) => {}
                Err(e) => return Err(Error::Custom(e.to_string())),
            }
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::rotate_secret`]

[`Client::rotate_secret`]: super::Client::rotate_secret*/
    #[derive(Debug, Clone)]
    pub struct RotateSecret<'a> {
        client: &'a super::Client,
        idempotency_key: Result<Option<types::RotateSecretIdempotencyKey>, String>,
    }
    impl<'a> RotateSecret<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                idempotency_key: Ok(None),
            }
        }
        pub fn idempotency_key<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::RotateSecretIdempotencyKey>,
        {
            self.idempotency_key = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `RotateSecretIdempotencyKey` for idempotency_key failed"
                        .to_string()
                });
            self
        }
        ///Sends a `POST` request to `/v1/cluster/secret/rotate`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::SecretState>, Error<types::Problem>> {
            let Self { client, idempotency_key } = self;
            let idempotency_key = idempotency_key.map_err(Error::InvalidRequest)?;
            let url = format!("{}/v1/cluster/secret/rotate", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            if let Some(value) = idempotency_key {
                header_map.append("Idempotency-Key", value.to_string().try_into()?);
            }
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "rotate_secret",
            };
            match (crate::session::authorize)(&client.inner, &mut request).await {
                Ok(_) => {}
                Err(e) => return Err(Error::Custom(e.to_string())),
            }
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::follow_events`]

[`Client::follow_events`]: super::Client::follow_events*/
    #[derive(Debug, Clone)]
    pub struct FollowEvents<'a> {
        client: &'a super::Client,
        after: Result<Option<::std::string::String>, String>,
        level: Result<Option<types::FollowEventsLevel>, String>,
        module: Result<Option<::std::string::String>, String>,
    }
    impl<'a> FollowEvents<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                after: Ok(None),
                level: Ok(None),
                module: Ok(None),
            }
        }
        pub fn after<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.after = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for after failed"
                        .to_string()
                });
            self
        }
        pub fn level<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::FollowEventsLevel>,
        {
            self.level = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `FollowEventsLevel` for level failed".to_string()
                });
            self
        }
        pub fn module<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.module = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for module failed"
                        .to_string()
                });
            self
        }
        ///Sends a `GET` request to `/v1/events`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<ByteStream>, Error<types::Problem>> {
            let Self { client, after, level, module } = self;
            let after = after.map_err(Error::InvalidRequest)?;
            let level = level.map_err(Error::InvalidRequest)?;
            let module = module.map_err(Error::InvalidRequest)?;
            let url = format!("{}/v1/events", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .query(&progenitor_client::QueryParam::new("after", &after))
                .query(&progenitor_client::QueryParam::new("level", &level))
                .query(&progenitor_client::QueryParam::new("module", &module))
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "follow_events",
            };
            match (crate::session::authorize)(&client.inner, &mut request).await {
                Ok(_) => {}
                Err(e) => return Err(Error::Custom(e.to_string())),
            }
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => Ok(ResponseValue::stream(response)),
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::login`]

[`Client::login`]: super::Client::login*/
    #[derive(Debug, Clone)]
    pub struct Login<'a> {
        client: &'a super::Client,
        body: Result<types::builder::Credentials, String>,
    }
    impl<'a> Login<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                body: Ok(::std::default::Default::default()),
            }
        }
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::Credentials>,
            <V as std::convert::TryInto<types::Credentials>>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| {
                    format!("conversion to `Credentials` for body failed: {}", s)
                });
            self
        }
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(
                types::builder::Credentials,
            ) -> types::builder::Credentials,
        {
            self.body = self.body.map(f);
            self
        }
        ///Sends a `POST` request to `/v1/login`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::Session>, Error<types::Problem>> {
            let Self { client, body } = self;
            let body = body
                .and_then(|v| types::Credentials::try_from(v).map_err(|e| e.to_string()))
                .map_err(Error::InvalidRequest)?;
            let url = format!("{}/v1/login", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "login",
            };
            match (crate::session::authorize)(&client.inner, &mut request).await {
                Ok(_) => {}
                Err(e) => return Err(Error::Custom(e.to_string())),
            }
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::list_modules`]

[`Client::list_modules`]: super::Client::list_modules*/
    #[derive(Debug, Clone)]
    pub struct ListModules<'a> {
        client: &'a super::Client,
    }
    impl<'a> ListModules<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self { client: client }
        }
        ///Sends a `GET` request to `/v1/modules`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::ModuleList>, Error<types::Problem>> {
            let Self { client } = self;
            let url = format!("{}/v1/modules", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "list_modules",
            };
            match (crate::session::authorize)(&client.inner, &mut request).await {
                Ok(_) => {}
                Err(e) => return Err(Error::Custom(e.to_string())),
            }
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::create_module`]

[`Client::create_module`]: super::Client::create_module*/
    #[derive(Debug, Clone)]
    pub struct CreateModule<'a> {
        client: &'a super::Client,
        dry_run: Result<Option<bool>, String>,
        idempotency_key: Result<Option<types::CreateModuleIdempotencyKey>, String>,
        body: Result<types::builder::NewModule, String>,
    }
    impl<'a> CreateModule<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                dry_run: Ok(None),
                idempotency_key: Ok(None),
                body: Ok(::std::default::Default::default()),
            }
        }
        pub fn dry_run<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<bool>,
        {
            self.dry_run = value
                .try_into()
                .map(Some)
                .map_err(|_| "conversion to `bool` for dry_run failed".to_string());
            self
        }
        pub fn idempotency_key<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::CreateModuleIdempotencyKey>,
        {
            self.idempotency_key = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `CreateModuleIdempotencyKey` for idempotency_key failed"
                        .to_string()
                });
            self
        }
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::NewModule>,
            <V as std::convert::TryInto<types::NewModule>>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| {
                    format!("conversion to `NewModule` for body failed: {}", s)
                });
            self
        }
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(types::builder::NewModule) -> types::builder::NewModule,
        {
            self.body = self.body.map(f);
            self
        }
        ///Sends a `POST` request to `/v1/modules`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::ConfigureResult>, Error<types::Problem>> {
            let Self { client, dry_run, idempotency_key, body } = self;
            let dry_run = dry_run.map_err(Error::InvalidRequest)?;
            let idempotency_key = idempotency_key.map_err(Error::InvalidRequest)?;
            let body = body
                .and_then(|v| types::NewModule::try_from(v).map_err(|e| e.to_string()))
                .map_err(Error::InvalidRequest)?;
            let url = format!("{}/v1/modules", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            if let Some(value) = idempotency_key {
                header_map.append("Idempotency-Key", value.to_string().try_into()?);
            }
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .query(&progenitor_client::QueryParam::new("dry_run", &dry_run))
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "create_module",
            };
            match (crate::session::authorize)(&client.inner, &mut request).await {
                Ok(_) => {}
                Err(e) => return Err(Error::Custom(e.to_string())),
            }
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::get_module`]

[`Client::get_module`]: super::Client::get_module*/
    #[derive(Debug, Clone)]
    pub struct GetModule<'a> {
        client: &'a super::Client,
        module: Result<::std::string::String, String>,
    }
    impl<'a> GetModule<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                module: Err("module was not initialized".to_string()),
            }
        }
        pub fn module<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.module = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for module failed"
                        .to_string()
                });
            self
        }
        ///Sends a `GET` request to `/v1/modules/{module}`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::Module>, Error<types::Problem>> {
            let Self { client, module } = self;
            let module = module.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v1/modules/{}", client.baseurl, encode_path(& module.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "get_module",
            };
            match (crate::session::authorize)(&client.inner, &mut request).await {
                Ok(_) => {}
                Err(e) => return Err(Error::Custom(e.to_string())),
            }
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::configure_module`]

[`Client::configure_module`]: super::Client::configure_module*/
    #[derive(Debug, Clone)]
    pub struct ConfigureModule<'a> {
        client: &'a super::Client,
        module: Result<::std::string::String, String>,
        dry_run: Result<Option<bool>, String>,
        if_match: Result<Option<::std::string::String>, String>,
        body: Result<types::builder::ModuleSettings, String>,
    }
    impl<'a> ConfigureModule<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                module: Err("module was not initialized".to_string()),
                dry_run: Ok(None),
                if_match: Ok(None),
                body: Ok(::std::default::Default::default()),
            }
        }
        pub fn module<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.module = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for module failed"
                        .to_string()
                });
            self
        }
        pub fn dry_run<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<bool>,
        {
            self.dry_run = value
                .try_into()
                .map(Some)
                .map_err(|_| "conversion to `bool` for dry_run failed".to_string());
            self
        }
        pub fn if_match<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.if_match = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for if_match failed"
                        .to_string()
                });
            self
        }
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::ModuleSettings>,
            <V as std::convert::TryInto<
                types::ModuleSettings,
            >>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| {
                    format!("conversion to `ModuleSettings` for body failed: {}", s)
                });
            self
        }
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(
                types::builder::ModuleSettings,
            ) -> types::builder::ModuleSettings,
        {
            self.body = self.body.map(f);
            self
        }
        ///Sends a `PUT` request to `/v1/modules/{module}`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::ConfigureResult>, Error<types::Problem>> {
            let Self { client, module, dry_run, if_match, body } = self;
            let module = module.map_err(Error::InvalidRequest)?;
            let dry_run = dry_run.map_err(Error::InvalidRequest)?;
            let if_match = if_match.map_err(Error::InvalidRequest)?;
            let body = body
                .and_then(|v| {
                    types::ModuleSettings::try_from(v).map_err(|e| e.to_string())
                })
                .map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v1/modules/{}", client.baseurl, encode_path(& module.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            if let Some(value) = if_match {
                header_map.append("If-Match", value.to_string().try_into()?);
            }
            #[allow(unused_mut)]
            let mut request = client
                .client
                .put(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .query(&progenitor_client::QueryParam::new("dry_run", &dry_run))
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "configure_module",
            };
            match (crate::session::authorize)(&client.inner, &mut request).await {
                Ok(_) => {}
                Err(e) => return Err(Error::Custom(e.to_string())),
            }
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::delete_module`]

[`Client::delete_module`]: super::Client::delete_module*/
    #[derive(Debug, Clone)]
    pub struct DeleteModule<'a> {
        client: &'a super::Client,
        module: Result<::std::string::String, String>,
    }
    impl<'a> DeleteModule<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                module: Err("module was not initialized".to_string()),
            }
        }
        pub fn module<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.module = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for module failed"
                        .to_string()
                });
            self
        }
        ///Sends a `DELETE` request to `/v1/modules/{module}`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::NodeResults>, Error<types::Problem>> {
            let Self { client, module } = self;
            let module = module.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v1/modules/{}", client.baseurl, encode_path(& module.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .delete(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "delete_module",
            };
            match (crate::session::authorize)(&client.inner, &mut request).await {
                Ok(_) => {}
                Err(e) => return Err(Error::Custom(e.to_string())),
            }
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::get_module_config`]

[`Client::get_module_config`]: super::Client::get_module_config*/
    #[derive(Debug, Clone)]
    pub struct GetModuleConfig<'a> {
        client: &'a super::Client,
        module: Result<::std::string::String, String>,
    }
    impl<'a> GetModuleConfig<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                module: Err("module was not initialized".to_string()),
            }
        }
        pub fn module<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.module = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for module failed"
                        .to_string()
                });
            self
        }
        ///Sends a `GET` request to `/v1/modules/{module}/config`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::ModuleConfiguration>, Error<types::Problem>> {
            let Self { client, module } = self;
            let module = module.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v1/modules/{}/config", client.baseurl, encode_path(& module
                .to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "get_module_config",
            };
            match (crate::session::authorize)(&client.inner, &mut request).await {
                Ok(_) => {}
                Err(e) => return Err(Error::Custom(e.to_string())),
            }
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::drain_module`]

[`Client::drain_module`]: super::Client::drain_module*/
    #[derive(Debug, Clone)]
    pub struct DrainModule<'a> {
        client: &'a super::Client,
        module: Result<::std::string::String, String>,
        idempotency_key: Result<Option<types::DrainModuleIdempotencyKey>, String>,
        body: Result<types::builder::NodeSelection, String>,
    }
    impl<'a> DrainModule<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                module: Err("module was not initialized".to_string()),
                idempotency_key: Ok(None),
                body: Ok(::std::default::Default::default()),
            }
        }
        pub fn module<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.module = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for module failed"
                        .to_string()
                });
            self
        }
        pub fn idempotency_key<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::DrainModuleIdempotencyKey>,
        {
            self.idempotency_key = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `DrainModuleIdempotencyKey` for idempotency_key failed"
                        .to_string()
                });
            self
        }
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::NodeSelection>,
            <V as std::convert::TryInto<types::NodeSelection>>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| {
                    format!("conversion to `NodeSelection` for body failed: {}", s)
                });
            self
        }
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(
                types::builder::NodeSelection,
            ) -> types::builder::NodeSelection,
        {
            self.body = self.body.map(f);
            self
        }
        ///Sends a `POST` request to `/v1/modules/{module}/drain`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::NodeResults>, Error<types::Problem>> {
            let Self { client, module, idempotency_key, body } = self;
            let module = module.map_err(Error::InvalidRequest)?;
            let idempotency_key = idempotency_key.map_err(Error::InvalidRequest)?;
            let body = body
                .and_then(|v| {
                    types::NodeSelection::try_from(v).map_err(|e| e.to_string())
                })
                .map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v1/modules/{}/drain", client.baseurl, encode_path(& module
                .to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            if let Some(value) = idempotency_key {
                header_map.append("Idempotency-Key", value.to_string().try_into()?);
            }
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "drain_module",
            };
            match (crate::session::authorize)(&client.inner, &mut request).await {
                Ok(_) => {}
                Err(e) => return Err(Error::Custom(e.to_string())),
            }
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                202u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::list_operations`]

[`Client::list_operations`]: super::Client::list_operations*/
    #[derive(Debug, Clone)]
    pub struct ListOperations<'a> {
        client: &'a super::Client,
        module: Result<::std::string::String, String>,
    }
    impl<'a> ListOperations<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                module: Err("module was not initialized".to_string()),
            }
        }
        pub fn module<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.module = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for module failed"
                        .to_string()
                });
            self
        }
        ///Sends a `GET` request to `/v1/modules/{module}/operations`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::OperationList>, Error<types::Problem>> {
            let Self { client, module } = self;
            let module = module.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v1/modules/{}/operations", client.baseurl, encode_path(& module
                .to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "list_operations",
            };
            match (crate::session::authorize)(&client.inner, &mut request).await {
                Ok(_) => {}
                Err(e) => return Err(Error::Custom(e.to_string())),
            }
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::get_module_package`]

[`Client::get_module_package`]: super::Client::get_module_package*/
    #[derive(Debug, Clone)]
    pub struct GetModulePackage<'a> {
        client: &'a super::Client,
        module: Result<::std::string::String, String>,
    }
    impl<'a> GetModulePackage<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                module: Err("module was not initialized".to_string()),
            }
        }
        pub fn module<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.module = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for module failed"
                        .to_string()
                });
            self
        }
        ///Sends a `GET` request to `/v1/modules/{module}/package`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<ByteStream>, Error<types::Problem>> {
            let Self { client, module } = self;
            let module = module.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v1/modules/{}/package", client.baseurl, encode_path(& module
                .to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client.client.get(url).headers(header_map).build()?;
            let info = OperationInfo {
                operation_id: "get_module_package",
            };
            match (crate::session::authorize)(&client.inner, &mut request).await {
                Ok(_) => {}
                Err(e) => return Err(Error::Custom(e.to_string())),
            }
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => Ok(ResponseValue::stream(response)),
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::put_module_package`]

[`Client::put_module_package`]: super::Client::put_module_package*/
    #[derive(Debug)]
    pub struct PutModulePackage<'a> {
        client: &'a super::Client,
        module: Result<::std::string::String, String>,
        dry_run: Result<Option<bool>, String>,
        macros: Result<Option<::std::string::String>, String>,
        if_match: Result<Option<::std::string::String>, String>,
        body: Result<reqwest::Body, String>,
    }
    impl<'a> PutModulePackage<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                module: Err("module was not initialized".to_string()),
                dry_run: Ok(None),
                macros: Ok(None),
                if_match: Ok(None),
                body: Err("body was not initialized".to_string()),
            }
        }
        pub fn module<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.module = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for module failed"
                        .to_string()
                });
            self
        }
        pub fn dry_run<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<bool>,
        {
            self.dry_run = value
                .try_into()
                .map(Some)
                .map_err(|_| "conversion to `bool` for dry_run failed".to_string());
            self
        }
        pub fn macros<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.macros = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for macros failed"
                        .to_string()
                });
            self
        }
        pub fn if_match<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.if_match = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for if_match failed"
                        .to_string()
                });
            self
        }
        pub fn body<B>(mut self, value: B) -> Self
        where
            B: std::convert::TryInto<reqwest::Body>,
        {
            self.body = value
                .try_into()
                .map_err(|_| {
                    "conversion to `reqwest::Body` for body failed".to_string()
                });
            self
        }
        ///Sends a `PUT` request to `/v1/modules/{module}/package`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::ConfigureResult>, Error<types::Problem>> {
            let Self { client, module, dry_run, macros, if_match, body } = self;
            let module = module.map_err(Error::InvalidRequest)?;
            let dry_run = dry_run.map_err(Error::InvalidRequest)?;
            let macros = macros.map_err(Error::InvalidRequest)?;
            let if_match = if_match.map_err(Error::InvalidRequest)?;
            let body = body.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v1/modules/{}/package", client.baseurl, encode_path(& module
                .to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            if let Some(value) = if_match {
                header_map.append("If-Match", value.to_string().try_into()?);
            }
            #[allow(unused_mut)]
            let mut request = client
                .client
                .put(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .header(
                    ::reqwest::header::CONTENT_TYPE,
                    ::reqwest::header::HeaderValue::from_static(
                        "application/octet-stream",
                    ),
                )
                .body(body)
                .query(&progenitor_client::QueryParam::new("dry_run", &dry_run))
                .query(&progenitor_client::QueryParam::new("macros", &macros))
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "put_module_package",
            };
            match (crate::session::authorize)(&client.inner, &mut request).await {
                Ok(_) => {}
                Err(e) => return Err(Error::Custom(e.to_string())),
            }
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::module_ready`]

[`Client::module_ready`]: super::Client::module_ready*/
    #[derive(Debug, Clone)]
    pub struct ModuleReady<'a> {
        client: &'a super::Client,
        module: Result<::std::string::String, String>,
    }
    impl<'a> ModuleReady<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                module: Err("module was not initialized".to_string()),
            }
        }
        pub fn module<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.module = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for module failed"
                        .to_string()
                });
            self
        }
        ///Sends a `GET` request to `/v1/modules/{module}/ready`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::ModuleReady>, Error<types::Problem>> {
            let Self { client, module } = self;
            let module = module.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v1/modules/{}/ready", client.baseurl, encode_path(& module
                .to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "module_ready",
            };
            match (crate::session::authorize)(&client.inner, &mut request).await {
                Ok(_) => {}
                Err(e) => return Err(Error::Custom(e.to_string())),
            }
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::restart_module`]

[`Client::restart_module`]: super::Client::restart_module*/
    #[derive(Debug, Clone)]
    pub struct RestartModule<'a> {
        client: &'a super::Client,
        module: Result<::std::string::String, String>,
        idempotency_key: Result<Option<types::RestartModuleIdempotencyKey>, String>,
        body: Result<types::builder::NodeSelection, String>,
    }
    impl<'a> RestartModule<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                module: Err("module was not initialized".to_string()),
                idempotency_key: Ok(None),
                body: Ok(::std::default::Default::default()),
            }
        }
        pub fn module<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.module = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for module failed"
                        .to_string()
                });
            self
        }
        pub fn idempotency_key<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::RestartModuleIdempotencyKey>,
        {
            self.idempotency_key = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `RestartModuleIdempotencyKey` for idempotency_key failed"
                        .to_string()
                });
            self
        }
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::NodeSelection>,
            <V as std::convert::TryInto<types::NodeSelection>>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| {
                    format!("conversion to `NodeSelection` for body failed: {}", s)
                });
            self
        }
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(
                types::builder::NodeSelection,
            ) -> types::builder::NodeSelection,
        {
            self.body = self.body.map(f);
            self
        }
        ///Sends a `POST` request to `/v1/modules/{module}/restart`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::NodeResults>, Error<types::Problem>> {
            let Self { client, module, idempotency_key, body } = self;
            let module = module.map_err(Error::InvalidRequest)?;
            let idempotency_key = idempotency_key.map_err(Error::InvalidRequest)?;
            let body = body
                .and_then(|v| {
                    types::NodeSelection::try_from(v).map_err(|e| e.to_string())
                })
                .map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v1/modules/{}/restart", client.baseurl, encode_path(& module
                .to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            if let Some(value) = idempotency_key {
                header_map.append("Idempotency-Key", value.to_string().try_into()?);
            }
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "restart_module",
            };
            match (crate::session::authorize)(&client.inner, &mut request).await {
                Ok(_) => {}
                Err(e) => return Err(Error::Custom(e.to_string())),
            }
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                202u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::list_revisions`]

[`Client::list_revisions`]: super::Client::list_revisions*/
    #[derive(Debug, Clone)]
    pub struct ListRevisions<'a> {
        client: &'a super::Client,
        module: Result<::std::string::String, String>,
    }
    impl<'a> ListRevisions<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                module: Err("module was not initialized".to_string()),
            }
        }
        pub fn module<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.module = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for module failed"
                        .to_string()
                });
            self
        }
        ///Sends a `GET` request to `/v1/modules/{module}/revisions`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::RevisionList>, Error<types::Problem>> {
            let Self { client, module } = self;
            let module = module.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v1/modules/{}/revisions", client.baseurl, encode_path(& module
                .to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "list_revisions",
            };
            match (crate::session::authorize)(&client.inner, &mut request).await {
                Ok(_) => {}
                Err(e) => return Err(Error::Custom(e.to_string())),
            }
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::get_revision`]

[`Client::get_revision`]: super::Client::get_revision*/
    #[derive(Debug, Clone)]
    pub struct GetRevision<'a> {
        client: &'a super::Client,
        module: Result<::std::string::String, String>,
        revision: Result<::std::num::NonZeroU64, String>,
    }
    impl<'a> GetRevision<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                module: Err("module was not initialized".to_string()),
                revision: Err("revision was not initialized".to_string()),
            }
        }
        pub fn module<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.module = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for module failed"
                        .to_string()
                });
            self
        }
        pub fn revision<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::num::NonZeroU64>,
        {
            self.revision = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: num :: NonZeroU64` for revision failed"
                        .to_string()
                });
            self
        }
        ///Sends a `GET` request to `/v1/modules/{module}/revisions/{revision}`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::ModuleConfiguration>, Error<types::Problem>> {
            let Self { client, module, revision } = self;
            let module = module.map_err(Error::InvalidRequest)?;
            let revision = revision.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v1/modules/{}/revisions/{}", client.baseurl, encode_path(& module
                .to_string()), encode_path(& revision.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "get_revision",
            };
            match (crate::session::authorize)(&client.inner, &mut request).await {
                Ok(_) => {}
                Err(e) => return Err(Error::Custom(e.to_string())),
            }
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::diff_revisions`]

[`Client::diff_revisions`]: super::Client::diff_revisions*/
    #[derive(Debug, Clone)]
    pub struct DiffRevisions<'a> {
        client: &'a super::Client,
        module: Result<::std::string::String, String>,
        revision: Result<::std::num::NonZeroU64, String>,
        to: Result<Option<::std::num::NonZeroU64>, String>,
    }
    impl<'a> DiffRevisions<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                module: Err("module was not initialized".to_string()),
                revision: Err("revision was not initialized".to_string()),
                to: Ok(None),
            }
        }
        pub fn module<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.module = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for module failed"
                        .to_string()
                });
            self
        }
        pub fn revision<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::num::NonZeroU64>,
        {
            self.revision = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: num :: NonZeroU64` for revision failed"
                        .to_string()
                });
            self
        }
        pub fn to<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::num::NonZeroU64>,
        {
            self.to = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: num :: NonZeroU64` for to failed"
                        .to_string()
                });
            self
        }
        ///Sends a `GET` request to `/v1/modules/{module}/revisions/{revision}/diff`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::RevisionDiff>, Error<types::Problem>> {
            let Self { client, module, revision, to } = self;
            let module = module.map_err(Error::InvalidRequest)?;
            let revision = revision.map_err(Error::InvalidRequest)?;
            let to = to.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v1/modules/{}/revisions/{}/diff", client.baseurl, encode_path(&
                module.to_string()), encode_path(& revision.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .query(&progenitor_client::QueryParam::new("to", &to))
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "diff_revisions",
            };
            match (crate::session::authorize)(&client.inner, &mut request).await {
                Ok(_) => {}
                Err(e) => return Err(Error::Custom(e.to_string())),
            }
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::restore_revision`]

[`Client::restore_revision`]: super::Client::restore_revision*/
    #[derive(Debug, Clone)]
    pub struct RestoreRevision<'a> {
        client: &'a super::Client,
        module: Result<::std::string::String, String>,
        revision: Result<::std::num::NonZeroU64, String>,
        dry_run: Result<Option<bool>, String>,
        idempotency_key: Result<Option<types::RestoreRevisionIdempotencyKey>, String>,
        if_match: Result<Option<::std::string::String>, String>,
    }
    impl<'a> RestoreRevision<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                module: Err("module was not initialized".to_string()),
                revision: Err("revision was not initialized".to_string()),
                dry_run: Ok(None),
                idempotency_key: Ok(None),
                if_match: Ok(None),
            }
        }
        pub fn module<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.module = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for module failed"
                        .to_string()
                });
            self
        }
        pub fn revision<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::num::NonZeroU64>,
        {
            self.revision = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: num :: NonZeroU64` for revision failed"
                        .to_string()
                });
            self
        }
        pub fn dry_run<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<bool>,
        {
            self.dry_run = value
                .try_into()
                .map(Some)
                .map_err(|_| "conversion to `bool` for dry_run failed".to_string());
            self
        }
        pub fn idempotency_key<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::RestoreRevisionIdempotencyKey>,
        {
            self.idempotency_key = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `RestoreRevisionIdempotencyKey` for idempotency_key failed"
                        .to_string()
                });
            self
        }
        pub fn if_match<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.if_match = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for if_match failed"
                        .to_string()
                });
            self
        }
        ///Sends a `POST` request to `/v1/modules/{module}/revisions/{revision}/restore`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::ConfigureResult>, Error<types::Problem>> {
            let Self { client, module, revision, dry_run, idempotency_key, if_match } = self;
            let module = module.map_err(Error::InvalidRequest)?;
            let revision = revision.map_err(Error::InvalidRequest)?;
            let dry_run = dry_run.map_err(Error::InvalidRequest)?;
            let idempotency_key = idempotency_key.map_err(Error::InvalidRequest)?;
            let if_match = if_match.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v1/modules/{}/revisions/{}/restore", client.baseurl, encode_path(&
                module.to_string()), encode_path(& revision.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(3usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            if let Some(value) = idempotency_key {
                header_map.append("Idempotency-Key", value.to_string().try_into()?);
            }
            if let Some(value) = if_match {
                header_map.append("If-Match", value.to_string().try_into()?);
            }
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .query(&progenitor_client::QueryParam::new("dry_run", &dry_run))
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "restore_revision",
            };
            match (crate::session::authorize)(&client.inner, &mut request).await {
                Ok(_) => {}
                Err(e) => return Err(Error::Custom(e.to_string())),
            }
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::roll_module`]

[`Client::roll_module`]: super::Client::roll_module*/
    #[derive(Debug, Clone)]
    pub struct RollModule<'a> {
        client: &'a super::Client,
        module: Result<::std::string::String, String>,
        idempotency_key: Result<Option<types::RollModuleIdempotencyKey>, String>,
        body: Result<types::builder::RollingRequest, String>,
    }
    impl<'a> RollModule<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                module: Err("module was not initialized".to_string()),
                idempotency_key: Ok(None),
                body: Ok(::std::default::Default::default()),
            }
        }
        pub fn module<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.module = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for module failed"
                        .to_string()
                });
            self
        }
        pub fn idempotency_key<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::RollModuleIdempotencyKey>,
        {
            self.idempotency_key = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `RollModuleIdempotencyKey` for idempotency_key failed"
                        .to_string()
                });
            self
        }
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::RollingRequest>,
            <V as std::convert::TryInto<
                types::RollingRequest,
            >>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| {
                    format!("conversion to `RollingRequest` for body failed: {}", s)
                });
            self
        }
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(
                types::builder::RollingRequest,
            ) -> types::builder::RollingRequest,
        {
            self.body = self.body.map(f);
            self
        }
        ///Sends a `POST` request to `/v1/modules/{module}/rolling`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::Operation>, Error<types::Problem>> {
            let Self { client, module, idempotency_key, body } = self;
            let module = module.map_err(Error::InvalidRequest)?;
            let idempotency_key = idempotency_key.map_err(Error::InvalidRequest)?;
            let body = body
                .and_then(|v| {
                    types::RollingRequest::try_from(v).map_err(|e| e.to_string())
                })
                .map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v1/modules/{}/rolling", client.baseurl, encode_path(& module
                .to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            if let Some(value) = idempotency_key {
                header_map.append("Idempotency-Key", value.to_string().try_into()?);
            }
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "roll_module",
            };
            match (crate::session::authorize)(&client.inner, &mut request).await {
                Ok(_) => {}
                Err(e) => return Err(Error::Custom(e.to_string())),
            }
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                202u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::start_module`]

[`Client::start_module`]: super::Client::start_module*/
    #[derive(Debug, Clone)]
    pub struct StartModule<'a> {
        client: &'a super::Client,
        module: Result<::std::string::String, String>,
        idempotency_key: Result<Option<types::StartModuleIdempotencyKey>, String>,
        body: Result<types::builder::NodeSelection, String>,
    }
    impl<'a> StartModule<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                module: Err("module was not initialized".to_string()),
                idempotency_key: Ok(None),
                body: Ok(::std::default::Default::default()),
            }
        }
        pub fn module<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.module = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for module failed"
                        .to_string()
                });
            self
        }
        pub fn idempotency_key<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::StartModuleIdempotencyKey>,
        {
            self.idempotency_key = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `StartModuleIdempotencyKey` for idempotency_key failed"
                        .to_string()
                });
            self
        }
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::NodeSelection>,
            <V as std::convert::TryInto<types::NodeSelection>>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| {
                    format!("conversion to `NodeSelection` for body failed: {}", s)
                });
            self
        }
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(
                types::builder::NodeSelection,
            ) -> types::builder::NodeSelection,
        {
            self.body = self.body.map(f);
            self
        }
        ///Sends a `POST` request to `/v1/modules/{module}/start`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::NodeResults>, Error<types::Problem>> {
            let Self { client, module, idempotency_key, body } = self;
            let module = module.map_err(Error::InvalidRequest)?;
            let idempotency_key = idempotency_key.map_err(Error::InvalidRequest)?;
            let body = body
                .and_then(|v| {
                    types::NodeSelection::try_from(v).map_err(|e| e.to_string())
                })
                .map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v1/modules/{}/start", client.baseurl, encode_path(& module
                .to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            if let Some(value) = idempotency_key {
                header_map.append("Idempotency-Key", value.to_string().try_into()?);
            }
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "start_module",
            };
            match (crate::session::authorize)(&client.inner, &mut request).await {
                Ok(_) => {}
                Err(e) => return Err(Error::Custom(e.to_string())),
            }
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                202u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::stop_module`]

[`Client::stop_module`]: super::Client::stop_module*/
    #[derive(Debug, Clone)]
    pub struct StopModule<'a> {
        client: &'a super::Client,
        module: Result<::std::string::String, String>,
        idempotency_key: Result<Option<types::StopModuleIdempotencyKey>, String>,
        body: Result<types::builder::NodeSelection, String>,
    }
    impl<'a> StopModule<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                module: Err("module was not initialized".to_string()),
                idempotency_key: Ok(None),
                body: Ok(::std::default::Default::default()),
            }
        }
        pub fn module<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.module = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for module failed"
                        .to_string()
                });
            self
        }
        pub fn idempotency_key<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::StopModuleIdempotencyKey>,
        {
            self.idempotency_key = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `StopModuleIdempotencyKey` for idempotency_key failed"
                        .to_string()
                });
            self
        }
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::NodeSelection>,
            <V as std::convert::TryInto<types::NodeSelection>>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| {
                    format!("conversion to `NodeSelection` for body failed: {}", s)
                });
            self
        }
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(
                types::builder::NodeSelection,
            ) -> types::builder::NodeSelection,
        {
            self.body = self.body.map(f);
            self
        }
        ///Sends a `POST` request to `/v1/modules/{module}/stop`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::NodeResults>, Error<types::Problem>> {
            let Self { client, module, idempotency_key, body } = self;
            let module = module.map_err(Error::InvalidRequest)?;
            let idempotency_key = idempotency_key.map_err(Error::InvalidRequest)?;
            let body = body
                .and_then(|v| {
                    types::NodeSelection::try_from(v).map_err(|e| e.to_string())
                })
                .map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v1/modules/{}/stop", client.baseurl, encode_path(& module
                .to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            if let Some(value) = idempotency_key {
                header_map.append("Idempotency-Key", value.to_string().try_into()?);
            }
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "stop_module",
            };
            match (crate::session::authorize)(&client.inner, &mut request).await {
                Ok(_) => {}
                Err(e) => return Err(Error::Custom(e.to_string())),
            }
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                202u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::stopstart_module`]

[`Client::stopstart_module`]: super::Client::stopstart_module*/
    #[derive(Debug, Clone)]
    pub struct StopstartModule<'a> {
        client: &'a super::Client,
        module: Result<::std::string::String, String>,
        idempotency_key: Result<Option<types::StopstartModuleIdempotencyKey>, String>,
        body: Result<types::builder::NodeSelection, String>,
    }
    impl<'a> StopstartModule<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                module: Err("module was not initialized".to_string()),
                idempotency_key: Ok(None),
                body: Ok(::std::default::Default::default()),
            }
        }
        pub fn module<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.module = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for module failed"
                        .to_string()
                });
            self
        }
        pub fn idempotency_key<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::StopstartModuleIdempotencyKey>,
        {
            self.idempotency_key = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `StopstartModuleIdempotencyKey` for idempotency_key failed"
                        .to_string()
                });
            self
        }
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::NodeSelection>,
            <V as std::convert::TryInto<types::NodeSelection>>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| {
                    format!("conversion to `NodeSelection` for body failed: {}", s)
                });
            self
        }
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(
                types::builder::NodeSelection,
            ) -> types::builder::NodeSelection,
        {
            self.body = self.body.map(f);
            self
        }
        ///Sends a `POST` request to `/v1/modules/{module}/stopstart`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::NodeResults>, Error<types::Problem>> {
            let Self { client, module, idempotency_key, body } = self;
            let module = module.map_err(Error::InvalidRequest)?;
            let idempotency_key = idempotency_key.map_err(Error::InvalidRequest)?;
            let body = body
                .and_then(|v| {
                    types::NodeSelection::try_from(v).map_err(|e| e.to_string())
                })
                .map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v1/modules/{}/stopstart", client.baseurl, encode_path(& module
                .to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            if let Some(value) = idempotency_key {
                header_map.append("Idempotency-Key", value.to_string().try_into()?);
            }
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "stopstart_module",
            };
            match (crate::session::authorize)(&client.inner, &mut request).await {
                Ok(_) => {}
                Err(e) => return Err(Error::Custom(e.to_string())),
            }
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                202u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::undrain_module`]

[`Client::undrain_module`]: super::Client::undrain_module*/
    #[derive(Debug, Clone)]
    pub struct UndrainModule<'a> {
        client: &'a super::Client,
        module: Result<::std::string::String, String>,
        idempotency_key: Result<Option<types::UndrainModuleIdempotencyKey>, String>,
        body: Result<types::builder::NodeSelection, String>,
    }
    impl<'a> UndrainModule<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                module: Err("module was not initialized".to_string()),
                idempotency_key: Ok(None),
                body: Ok(::std::default::Default::default()),
            }
        }
        pub fn module<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.module = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for module failed"
                        .to_string()
                });
            self
        }
        pub fn idempotency_key<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::UndrainModuleIdempotencyKey>,
        {
            self.idempotency_key = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `UndrainModuleIdempotencyKey` for idempotency_key failed"
                        .to_string()
                });
            self
        }
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::NodeSelection>,
            <V as std::convert::TryInto<types::NodeSelection>>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| {
                    format!("conversion to `NodeSelection` for body failed: {}", s)
                });
            self
        }
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(
                types::builder::NodeSelection,
            ) -> types::builder::NodeSelection,
        {
            self.body = self.body.map(f);
            self
        }
        ///Sends a `POST` request to `/v1/modules/{module}/undrain`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::NodeResults>, Error<types::Problem>> {
            let Self { client, module, idempotency_key, body } = self;
            let module = module.map_err(Error::InvalidRequest)?;
            let idempotency_key = idempotency_key.map_err(Error::InvalidRequest)?;
            let body = body
                .and_then(|v| {
                    types::NodeSelection::try_from(v).map_err(|e| e.to_string())
                })
                .map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v1/modules/{}/undrain", client.baseurl, encode_path(& module
                .to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            if let Some(value) = idempotency_key {
                header_map.append("Idempotency-Key", value.to_string().try_into()?);
            }
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "undrain_module",
            };
            match (crate::session::authorize)(&client.inner, &mut request).await {
                Ok(_) => {}
                Err(e) => return Err(Error::Custom(e.to_string())),
            }
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                202u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::list_nodes`]

[`Client::list_nodes`]: super::Client::list_nodes*/
    #[derive(Debug, Clone)]
    pub struct ListNodes<'a> {
        client: &'a super::Client,
    }
    impl<'a> ListNodes<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self { client: client }
        }
        ///Sends a `GET` request to `/v1/nodes`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::NodeList>, Error<types::Problem>> {
            let Self { client } = self;
            let url = format!("{}/v1/nodes", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "list_nodes",
            };
            match (crate::session::authorize)(&client.inner, &mut request).await {
                Ok(_) => {}
                Err(e) => return Err(Error::Custom(e.to_string())),
            }
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::get_node`]

[`Client::get_node`]: super::Client::get_node*/
    #[derive(Debug, Clone)]
    pub struct GetNode<'a> {
        client: &'a super::Client,
        node: Result<::std::string::String, String>,
    }
    impl<'a> GetNode<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                node: Err("node was not initialized".to_string()),
            }
        }
        pub fn node<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.node = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for node failed"
                        .to_string()
                });
            self
        }
        ///Sends a `GET` request to `/v1/nodes/{node}`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::NodeStatus>, Error<types::Problem>> {
            let Self { client, node } = self;
            let node = node.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v1/nodes/{}", client.baseurl, encode_path(& node.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "get_node",
            };
            match (crate::session::authorize)(&client.inner, &mut request).await {
                Ok(_) => {}
                Err(e) => return Err(Error::Custom(e.to_string())),
            }
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::list_accounts_on_node`]

[`Client::list_accounts_on_node`]: super::Client::list_accounts_on_node*/
    #[derive(Debug, Clone)]
    pub struct ListAccountsOnNode<'a> {
        client: &'a super::Client,
        node: Result<::std::string::String, String>,
    }
    impl<'a> ListAccountsOnNode<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                node: Err("node was not initialized".to_string()),
            }
        }
        pub fn node<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.node = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for node failed"
                        .to_string()
                });
            self
        }
        ///Sends a `GET` request to `/v1/nodes/{node}/accounts`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::AccountList>, Error<types::Problem>> {
            let Self { client, node } = self;
            let node = node.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v1/nodes/{}/accounts", client.baseurl, encode_path(& node
                .to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "list_accounts_on_node",
            };
            match (crate::session::authorize)(&client.inner, &mut request).await {
                Ok(_) => {}
                Err(e) => return Err(Error::Custom(e.to_string())),
            }
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::put_api_key_on_node`]

[`Client::put_api_key_on_node`]: super::Client::put_api_key_on_node*/
    #[derive(Debug, Clone)]
    pub struct PutApiKeyOnNode<'a> {
        client: &'a super::Client,
        node: Result<::std::string::String, String>,
        api_key: Result<::std::string::String, String>,
        body: Result<types::builder::ApiKeySettings, String>,
    }
    impl<'a> PutApiKeyOnNode<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                node: Err("node was not initialized".to_string()),
                api_key: Err("api_key was not initialized".to_string()),
                body: Ok(::std::default::Default::default()),
            }
        }
        pub fn node<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.node = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for node failed"
                        .to_string()
                });
            self
        }
        pub fn api_key<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.api_key = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for api_key failed"
                        .to_string()
                });
            self
        }
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::ApiKeySettings>,
            <V as std::convert::TryInto<
                types::ApiKeySettings,
            >>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| {
                    format!("conversion to `ApiKeySettings` for body failed: {}", s)
                });
            self
        }
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(
                types::builder::ApiKeySettings,
            ) -> types::builder::ApiKeySettings,
        {
            self.body = self.body.map(f);
            self
        }
        ///Sends a `PUT` request to `/v1/nodes/{node}/api-keys/{api_key}`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::Accepted>, Error<types::Problem>> {
            let Self { client, node, api_key, body } = self;
            let node = node.map_err(Error::InvalidRequest)?;
            let api_key = api_key.map_err(Error::InvalidRequest)?;
            let body = body
                .and_then(|v| {
                    types::ApiKeySettings::try_from(v).map_err(|e| e.to_string())
                })
                .map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v1/nodes/{}/api-keys/{}", client.baseurl, encode_path(& node
                .to_string()), encode_path(& api_key.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .put(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "put_api_key_on_node",
            };
            match (crate::session::authorize)(&client.inner, &mut request).await {
                Ok(_) => {}
                Err(e) => return Err(Error::Custom(e.to_string())),
            }
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::delete_api_key_on_node`]

[`Client::delete_api_key_on_node`]: super::Client::delete_api_key_on_node*/
    #[derive(Debug, Clone)]
    pub struct DeleteApiKeyOnNode<'a> {
        client: &'a super::Client,
        node: Result<::std::string::String, String>,
        api_key: Result<::std::string::String, String>,
    }
    impl<'a> DeleteApiKeyOnNode<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                node: Err("node was not initialized".to_string()),
                api_key: Err("api_key was not initialized".to_string()),
            }
        }
        pub fn node<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.node = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for node failed"
                        .to_string()
                });
            self
        }
        pub fn api_key<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.api_key = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for api_key failed"
                        .to_string()
                });
            self
        }
        ///Sends a `DELETE` request to `/v1/nodes/{node}/api-keys/{api_key}`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::Accepted>, Error<types::Problem>> {
            let Self { client, node, api_key } = self;
            let node = node.map_err(Error::InvalidRequest)?;
            let api_key = api_key.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v1/nodes/{}/api-keys/{}", client.baseurl, encode_path(& node
                .to_string()), encode_path(& api_key.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .delete(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "delete_api_key_on_node",
            };
            match (crate::session::authorize)(&client.inner, &mut request).await {
                Ok(_) => {}
                Err(e) => return Err(Error::Custom(e.to_string())),
            }
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::get_audit_trail`]

[`Client::get_audit_trail`]: super::Client::get_audit_trail*/
    #[derive(Debug, Clone)]
    pub struct GetAuditTrail<'a> {
        client: &'a super::Client,
        node: Result<::std::string::String, String>,
        limit: Result<Option<::std::num::NonZeroU32>, String>,
    }
    impl<'a> GetAuditTrail<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                node: Err("node was not initialized".to_string()),
                limit: Ok(None),
            }
        }
        pub fn node<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.node = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for node failed"
                        .to_string()
                });
            self
        }
        pub fn limit<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::num::NonZeroU32>,
        {
            self.limit = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: num :: NonZeroU32` for limit failed"
                        .to_string()
                });
            self
        }
        ///Sends a `GET` request to `/v1/nodes/{node}/audit`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::AuditTrail>, Error<types::Problem>> {
            let Self { client, node, limit } = self;
            let node = node.map_err(Error::InvalidRequest)?;
            let limit = limit.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v1/nodes/{}/audit", client.baseurl, encode_path(& node.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .query(&progenitor_client::QueryParam::new("limit", &limit))
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "get_audit_trail",
            };
            match (crate::session::authorize)(&client.inner, &mut request).await {
                Ok(_) => {}
                Err(e) => return Err(Error::Custom(e.to_string())),
            }
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::follow_node_events`]

[`Client::follow_node_events`]: super::Client::follow_node_events*/
    #[derive(Debug, Clone)]
    pub struct FollowNodeEvents<'a> {
        client: &'a super::Client,
        node: Result<::std::string::String, String>,
        after: Result<Option<::std::string::String>, String>,
        level: Result<Option<types::FollowNodeEventsLevel>, String>,
        module: Result<Option<::std::string::String>, String>,
    }
    impl<'a> FollowNodeEvents<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                node: Err("node was not initialized".to_string()),
                after: Ok(None),
                level: Ok(None),
                module: Ok(None),
            }
        }
        pub fn node<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.node = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for node failed"
                        .to_string()
                });
            self
        }
        pub fn after<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.after = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for after failed"
                        .to_string()
                });
            self
        }
        pub fn level<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::FollowNodeEventsLevel>,
        {
            self.level = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `FollowNodeEventsLevel` for level failed".to_string()
                });
            self
        }
        pub fn module<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.module = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for module failed"
                        .to_string()
                });
            self
        }
        ///Sends a `GET` request to `/v1/nodes/{node}/events`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<ByteStream>, Error<types::Problem>> {
            let Self { client, node, after, level, module } = self;
            let node = node.map_err(Error::InvalidRequest)?;
            let after = after.map_err(Error::InvalidRequest)?;
            let level = level.map_err(Error::InvalidRequest)?;
            let module = module.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v1/nodes/{}/events", client.baseurl, encode_path(& node.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .query(&progenitor_client::QueryParam::new("after", &after))
                .query(&progenitor_client::QueryParam::new("level", &level))
                .query(&progenitor_client::QueryParam::new("module", &module))
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "follow_node_events",
            };
            match (crate::session::authorize)(&client.inner, &mut request).await {
                Ok(_) => {}
                Err(e) => return Err(Error::Custom(e.to_string())),
            }
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => Ok(ResponseValue::stream(response)),
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::list_modules_on_node`]

[`Client::list_modules_on_node`]: super::Client::list_modules_on_node*/
    #[derive(Debug, Clone)]
    pub struct ListModulesOnNode<'a> {
        client: &'a super::Client,
        node: Result<::std::string::String, String>,
    }
    impl<'a> ListModulesOnNode<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                node: Err("node was not initialized".to_string()),
            }
        }
        pub fn node<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.node = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for node failed"
                        .to_string()
                });
            self
        }
        ///Sends a `GET` request to `/v1/nodes/{node}/modules`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::NodeModuleList>, Error<types::Problem>> {
            let Self { client, node } = self;
            let node = node.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v1/nodes/{}/modules", client.baseurl, encode_path(& node
                .to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "list_modules_on_node",
            };
            match (crate::session::authorize)(&client.inner, &mut request).await {
                Ok(_) => {}
                Err(e) => return Err(Error::Custom(e.to_string())),
            }
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::get_module_on_node`]

[`Client::get_module_on_node`]: super::Client::get_module_on_node*/
    #[derive(Debug, Clone)]
    pub struct GetModuleOnNode<'a> {
        client: &'a super::Client,
        node: Result<::std::string::String, String>,
        module: Result<::std::string::String, String>,
    }
    impl<'a> GetModuleOnNode<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                node: Err("node was not initialized".to_string()),
                module: Err("module was not initialized".to_string()),
            }
        }
        pub fn node<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.node = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for node failed"
                        .to_string()
                });
            self
        }
        pub fn module<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.module = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for module failed"
                        .to_string()
                });
            self
        }
        ///Sends a `GET` request to `/v1/nodes/{node}/modules/{module}`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::ModuleStatus>, Error<types::Problem>> {
            let Self { client, node, module } = self;
            let node = node.map_err(Error::InvalidRequest)?;
            let module = module.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v1/nodes/{}/modules/{}", client.baseurl, encode_path(& node
                .to_string()), encode_path(& module.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "get_module_on_node",
            };
            match (crate::session::authorize)(&client.inner, &mut request).await {
                Ok(_) => {}
                Err(e) => return Err(Error::Custom(e.to_string())),
            }
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::configure_module_on_node`]

[`Client::configure_module_on_node`]: super::Client::configure_module_on_node*/
    #[derive(Debug, Clone)]
    pub struct ConfigureModuleOnNode<'a> {
        client: &'a super::Client,
        node: Result<::std::string::String, String>,
        module: Result<::std::string::String, String>,
        dry_run: Result<Option<bool>, String>,
        revision: Result<Option<u64>, String>,
        body: Result<types::builder::ModuleSettings, String>,
    }
    impl<'a> ConfigureModuleOnNode<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                node: Err("node was not initialized".to_string()),
                module: Err("module was not initialized".to_string()),
                dry_run: Ok(None),
                revision: Ok(None),
                body: Ok(::std::default::Default::default()),
            }
        }
        pub fn node<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.node = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for node failed"
                        .to_string()
                });
            self
        }
        pub fn module<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.module = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for module failed"
                        .to_string()
                });
            self
        }
        pub fn dry_run<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<bool>,
        {
            self.dry_run = value
                .try_into()
                .map(Some)
                .map_err(|_| "conversion to `bool` for dry_run failed".to_string());
            self
        }
        pub fn revision<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<u64>,
        {
            self.revision = value
                .try_into()
                .map(Some)
                .map_err(|_| "conversion to `u64` for revision failed".to_string());
            self
        }
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::ModuleSettings>,
            <V as std::convert::TryInto<
                types::ModuleSettings,
            >>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| {
                    format!("conversion to `ModuleSettings` for body failed: {}", s)
                });
            self
        }
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(
                types::builder::ModuleSettings,
            ) -> types::builder::ModuleSettings,
        {
            self.body = self.body.map(f);
            self
        }
        ///Sends a `PUT` request to `/v1/nodes/{node}/modules/{module}`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::Applied>, Error<types::Problem>> {
            let Self { client, node, module, dry_run, revision, body } = self;
            let node = node.map_err(Error::InvalidRequest)?;
            let module = module.map_err(Error::InvalidRequest)?;
            let dry_run = dry_run.map_err(Error::InvalidRequest)?;
            let revision = revision.map_err(Error::InvalidRequest)?;
            let body = body
                .and_then(|v| {
                    types::ModuleSettings::try_from(v).map_err(|e| e.to_string())
                })
                .map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v1/nodes/{}/modules/{}", client.baseurl, encode_path(& node
                .to_string()), encode_path(& module.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .put(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .query(&progenitor_client::QueryParam::new("dry_run", &dry_run))
                .query(&progenitor_client::QueryParam::new("revision", &revision))
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "configure_module_on_node",
            };
            match (crate::session::authorize)(&client.inner, &mut request).await {
                Ok(_) => {}
                Err(e) => return Err(Error::Custom(e.to_string())),
            }
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::delete_module_on_node`]

[`Client::delete_module_on_node`]: super::Client::delete_module_on_node*/
    #[derive(Debug, Clone)]
    pub struct DeleteModuleOnNode<'a> {
        client: &'a super::Client,
        node: Result<::std::string::String, String>,
        module: Result<::std::string::String, String>,
    }
    impl<'a> DeleteModuleOnNode<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                node: Err("node was not initialized".to_string()),
                module: Err("module was not initialized".to_string()),
            }
        }
        pub fn node<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.node = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for node failed"
                        .to_string()
                });
            self
        }
        pub fn module<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.module = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for module failed"
                        .to_string()
                });
            self
        }
        ///Sends a `DELETE` request to `/v1/nodes/{node}/modules/{module}`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::Accepted>, Error<types::Problem>> {
            let Self { client, node, module } = self;
            let node = node.map_err(Error::InvalidRequest)?;
            let module = module.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v1/nodes/{}/modules/{}", client.baseurl, encode_path(& node
                .to_string()), encode_path(& module.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .delete(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "delete_module_on_node",
            };
            match (crate::session::authorize)(&client.inner, &mut request).await {
                Ok(_) => {}
                Err(e) => return Err(Error::Custom(e.to_string())),
            }
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::set_module_boot_on_node`]

[`Client::set_module_boot_on_node`]: super::Client::set_module_boot_on_node*/
    #[derive(Debug, Clone)]
    pub struct SetModuleBootOnNode<'a> {
        client: &'a super::Client,
        node: Result<::std::string::String, String>,
        module: Result<::std::string::String, String>,
        body: Result<types::builder::BootSwitch, String>,
    }
    impl<'a> SetModuleBootOnNode<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                node: Err("node was not initialized".to_string()),
                module: Err("module was not initialized".to_string()),
                body: Ok(::std::default::Default::default()),
            }
        }
        pub fn node<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.node = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for node failed"
                        .to_string()
                });
            self
        }
        pub fn module<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.module = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for module failed"
                        .to_string()
                });
            self
        }
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::BootSwitch>,
            <V as std::convert::TryInto<types::BootSwitch>>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| {
                    format!("conversion to `BootSwitch` for body failed: {}", s)
                });
            self
        }
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(
                types::builder::BootSwitch,
            ) -> types::builder::BootSwitch,
        {
            self.body = self.body.map(f);
            self
        }
        ///Sends a `PUT` request to `/v1/nodes/{node}/modules/{module}/boot`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::ModuleBoot>, Error<types::Problem>> {
            let Self { client, node, module, body } = self;
            let node = node.map_err(Error::InvalidRequest)?;
            let module = module.map_err(Error::InvalidRequest)?;
            let body = body
                .and_then(|v| types::BootSwitch::try_from(v).map_err(|e| e.to_string()))
                .map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v1/nodes/{}/modules/{}/boot", client.baseurl, encode_path(& node
                .to_string()), encode_path(& module.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .put(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "set_module_boot_on_node",
            };
            match (crate::session::authorize)(&client.inner, &mut request).await {
                Ok(_) => {}
                Err(e) => return Err(Error::Custom(e.to_string())),
            }
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::get_buckets`]

[`Client::get_buckets`]: super::Client::get_buckets*/
    #[derive(Debug, Clone)]
    pub struct GetBuckets<'a> {
        client: &'a super::Client,
        node: Result<::std::string::String, String>,
        module: Result<::std::string::String, String>,
        flows: Result<Option<bool>, String>,
        group: Result<Option<::std::string::String>, String>,
    }
    impl<'a> GetBuckets<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                node: Err("node was not initialized".to_string()),
                module: Err("module was not initialized".to_string()),
                flows: Ok(None),
                group: Ok(None),
            }
        }
        pub fn node<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.node = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for node failed"
                        .to_string()
                });
            self
        }
        pub fn module<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.module = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for module failed"
                        .to_string()
                });
            self
        }
        pub fn flows<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<bool>,
        {
            self.flows = value
                .try_into()
                .map(Some)
                .map_err(|_| "conversion to `bool` for flows failed".to_string());
            self
        }
        pub fn group<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.group = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for group failed"
                        .to_string()
                });
            self
        }
        ///Sends a `GET` request to `/v1/nodes/{node}/modules/{module}/buckets`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::ModuleBuckets>, Error<types::Problem>> {
            let Self { client, node, module, flows, group } = self;
            let node = node.map_err(Error::InvalidRequest)?;
            let module = module.map_err(Error::InvalidRequest)?;
            let flows = flows.map_err(Error::InvalidRequest)?;
            let group = group.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v1/nodes/{}/modules/{}/buckets", client.baseurl, encode_path(& node
                .to_string()), encode_path(& module.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .query(&progenitor_client::QueryParam::new("flows", &flows))
                .query(&progenitor_client::QueryParam::new("group", &group))
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "get_buckets",
            };
            match (crate::session::authorize)(&client.inner, &mut request).await {
                Ok(_) => {}
                Err(e) => return Err(Error::Custom(e.to_string())),
            }
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::get_module_config_on_node`]

[`Client::get_module_config_on_node`]: super::Client::get_module_config_on_node*/
    #[derive(Debug, Clone)]
    pub struct GetModuleConfigOnNode<'a> {
        client: &'a super::Client,
        node: Result<::std::string::String, String>,
        module: Result<::std::string::String, String>,
    }
    impl<'a> GetModuleConfigOnNode<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                node: Err("node was not initialized".to_string()),
                module: Err("module was not initialized".to_string()),
            }
        }
        pub fn node<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.node = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for node failed"
                        .to_string()
                });
            self
        }
        pub fn module<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.module = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for module failed"
                        .to_string()
                });
            self
        }
        ///Sends a `GET` request to `/v1/nodes/{node}/modules/{module}/config`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::ModuleConfiguration>, Error<types::Problem>> {
            let Self { client, node, module } = self;
            let node = node.map_err(Error::InvalidRequest)?;
            let module = module.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v1/nodes/{}/modules/{}/config", client.baseurl, encode_path(& node
                .to_string()), encode_path(& module.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "get_module_config_on_node",
            };
            match (crate::session::authorize)(&client.inner, &mut request).await {
                Ok(_) => {}
                Err(e) => return Err(Error::Custom(e.to_string())),
            }
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::drain_module_on_node`]

[`Client::drain_module_on_node`]: super::Client::drain_module_on_node*/
    #[derive(Debug, Clone)]
    pub struct DrainModuleOnNode<'a> {
        client: &'a super::Client,
        node: Result<::std::string::String, String>,
        module: Result<::std::string::String, String>,
        identity: Result<Option<types::DrainModuleOnNodeIdentity>, String>,
        idempotency_key: Result<Option<types::DrainModuleOnNodeIdempotencyKey>, String>,
    }
    impl<'a> DrainModuleOnNode<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                node: Err("node was not initialized".to_string()),
                module: Err("module was not initialized".to_string()),
                identity: Ok(None),
                idempotency_key: Ok(None),
            }
        }
        pub fn node<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.node = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for node failed"
                        .to_string()
                });
            self
        }
        pub fn module<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.module = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for module failed"
                        .to_string()
                });
            self
        }
        pub fn identity<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::DrainModuleOnNodeIdentity>,
        {
            self.identity = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `DrainModuleOnNodeIdentity` for identity failed"
                        .to_string()
                });
            self
        }
        pub fn idempotency_key<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::DrainModuleOnNodeIdempotencyKey>,
        {
            self.idempotency_key = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `DrainModuleOnNodeIdempotencyKey` for idempotency_key failed"
                        .to_string()
                });
            self
        }
        ///Sends a `POST` request to `/v1/nodes/{node}/modules/{module}/drain`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::Accepted>, Error<types::Problem>> {
            let Self { client, node, module, identity, idempotency_key } = self;
            let node = node.map_err(Error::InvalidRequest)?;
            let module = module.map_err(Error::InvalidRequest)?;
            let identity = identity.map_err(Error::InvalidRequest)?;
            let idempotency_key = idempotency_key.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v1/nodes/{}/modules/{}/drain", client.baseurl, encode_path(& node
                .to_string()), encode_path(& module.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            if let Some(value) = idempotency_key {
                header_map.append("Idempotency-Key", value.to_string().try_into()?);
            }
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .query(&progenitor_client::QueryParam::new("identity", &identity))
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "drain_module_on_node",
            };
            match (crate::session::authorize)(&client.inner, &mut request).await {
                Ok(_) => {}
                Err(e) => return Err(Error::Custom(e.to_string())),
            }
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                202u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::get_module_log`]

[`Client::get_module_log`]: super::Client::get_module_log*/
    #[derive(Debug, Clone)]
    pub struct GetModuleLog<'a> {
        client: &'a super::Client,
        node: Result<::std::string::String, String>,
        module: Result<::std::string::String, String>,
        after: Result<Option<u64>, String>,
        level: Result<Option<types::GetModuleLogLevel>, String>,
        limit: Result<Option<::std::num::NonZeroU32>, String>,
    }
    impl<'a> GetModuleLog<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                node: Err("node was not initialized".to_string()),
                module: Err("module was not initialized".to_string()),
                after: Ok(None),
                level: Ok(None),
                limit: Ok(None),
            }
        }
        pub fn node<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.node = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for node failed"
                        .to_string()
                });
            self
        }
        pub fn module<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.module = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for module failed"
                        .to_string()
                });
            self
        }
        pub fn after<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<u64>,
        {
            self.after = value
                .try_into()
                .map(Some)
                .map_err(|_| "conversion to `u64` for after failed".to_string());
            self
        }
        pub fn level<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::GetModuleLogLevel>,
        {
            self.level = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `GetModuleLogLevel` for level failed".to_string()
                });
            self
        }
        pub fn limit<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::num::NonZeroU32>,
        {
            self.limit = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: num :: NonZeroU32` for limit failed"
                        .to_string()
                });
            self
        }
        ///Sends a `GET` request to `/v1/nodes/{node}/modules/{module}/log`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::ModuleLog>, Error<types::Problem>> {
            let Self { client, node, module, after, level, limit } = self;
            let node = node.map_err(Error::InvalidRequest)?;
            let module = module.map_err(Error::InvalidRequest)?;
            let after = after.map_err(Error::InvalidRequest)?;
            let level = level.map_err(Error::InvalidRequest)?;
            let limit = limit.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v1/nodes/{}/modules/{}/log", client.baseurl, encode_path(& node
                .to_string()), encode_path(& module.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .query(&progenitor_client::QueryParam::new("after", &after))
                .query(&progenitor_client::QueryParam::new("level", &level))
                .query(&progenitor_client::QueryParam::new("limit", &limit))
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "get_module_log",
            };
            match (crate::session::authorize)(&client.inner, &mut request).await {
                Ok(_) => {}
                Err(e) => return Err(Error::Custom(e.to_string())),
            }
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::write_module_log`]

[`Client::write_module_log`]: super::Client::write_module_log*/
    #[derive(Debug, Clone)]
    pub struct WriteModuleLog<'a> {
        client: &'a super::Client,
        node: Result<::std::string::String, String>,
        module: Result<::std::string::String, String>,
        idempotency_key: Result<Option<types::WriteModuleLogIdempotencyKey>, String>,
        body: Result<types::builder::LogMessage, String>,
    }
    impl<'a> WriteModuleLog<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                node: Err("node was not initialized".to_string()),
                module: Err("module was not initialized".to_string()),
                idempotency_key: Ok(None),
                body: Ok(::std::default::Default::default()),
            }
        }
        pub fn node<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.node = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for node failed"
                        .to_string()
                });
            self
        }
        pub fn module<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.module = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for module failed"
                        .to_string()
                });
            self
        }
        pub fn idempotency_key<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::WriteModuleLogIdempotencyKey>,
        {
            self.idempotency_key = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `WriteModuleLogIdempotencyKey` for idempotency_key failed"
                        .to_string()
                });
            self
        }
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::LogMessage>,
            <V as std::convert::TryInto<types::LogMessage>>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| {
                    format!("conversion to `LogMessage` for body failed: {}", s)
                });
            self
        }
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(
                types::builder::LogMessage,
            ) -> types::builder::LogMessage,
        {
            self.body = self.body.map(f);
            self
        }
        ///Sends a `POST` request to `/v1/nodes/{node}/modules/{module}/log`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::Accepted>, Error<types::Problem>> {
            let Self { client, node, module, idempotency_key, body } = self;
            let node = node.map_err(Error::InvalidRequest)?;
            let module = module.map_err(Error::InvalidRequest)?;
            let idempotency_key = idempotency_key.map_err(Error::InvalidRequest)?;
            let body = body
                .and_then(|v| types::LogMessage::try_from(v).map_err(|e| e.to_string()))
                .map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v1/nodes/{}/modules/{}/log", client.baseurl, encode_path(& node
                .to_string()), encode_path(& module.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            if let Some(value) = idempotency_key {
                header_map.append("Idempotency-Key", value.to_string().try_into()?);
            }
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "write_module_log",
            };
            match (crate::session::authorize)(&client.inner, &mut request).await {
                Ok(_) => {}
                Err(e) => return Err(Error::Custom(e.to_string())),
            }
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::list_operations_of_node`]

[`Client::list_operations_of_node`]: super::Client::list_operations_of_node*/
    #[derive(Debug, Clone)]
    pub struct ListOperationsOfNode<'a> {
        client: &'a super::Client,
        node: Result<::std::string::String, String>,
        module: Result<::std::string::String, String>,
    }
    impl<'a> ListOperationsOfNode<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                node: Err("node was not initialized".to_string()),
                module: Err("module was not initialized".to_string()),
            }
        }
        pub fn node<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.node = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for node failed"
                        .to_string()
                });
            self
        }
        pub fn module<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.module = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for module failed"
                        .to_string()
                });
            self
        }
        ///Sends a `GET` request to `/v1/nodes/{node}/modules/{module}/operations`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::OperationList>, Error<types::Problem>> {
            let Self { client, node, module } = self;
            let node = node.map_err(Error::InvalidRequest)?;
            let module = module.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v1/nodes/{}/modules/{}/operations", client.baseurl, encode_path(&
                node.to_string()), encode_path(& module.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "list_operations_of_node",
            };
            match (crate::session::authorize)(&client.inner, &mut request).await {
                Ok(_) => {}
                Err(e) => return Err(Error::Custom(e.to_string())),
            }
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::get_operation`]

[`Client::get_operation`]: super::Client::get_operation*/
    #[derive(Debug, Clone)]
    pub struct GetOperation<'a> {
        client: &'a super::Client,
        node: Result<::std::string::String, String>,
        module: Result<::std::string::String, String>,
        operation: Result<::std::num::NonZeroU64, String>,
    }
    impl<'a> GetOperation<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                node: Err("node was not initialized".to_string()),
                module: Err("module was not initialized".to_string()),
                operation: Err("operation was not initialized".to_string()),
            }
        }
        pub fn node<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.node = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for node failed"
                        .to_string()
                });
            self
        }
        pub fn module<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.module = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for module failed"
                        .to_string()
                });
            self
        }
        pub fn operation<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::num::NonZeroU64>,
        {
            self.operation = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: num :: NonZeroU64` for operation failed"
                        .to_string()
                });
            self
        }
        ///Sends a `GET` request to `/v1/nodes/{node}/modules/{module}/operations/{operation}`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::Operation>, Error<types::Problem>> {
            let Self { client, node, module, operation } = self;
            let node = node.map_err(Error::InvalidRequest)?;
            let module = module.map_err(Error::InvalidRequest)?;
            let operation = operation.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v1/nodes/{}/modules/{}/operations/{}", client.baseurl, encode_path(&
                node.to_string()), encode_path(& module.to_string()), encode_path(&
                operation.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "get_operation",
            };
            match (crate::session::authorize)(&client.inner, &mut request).await {
                Ok(_) => {}
                Err(e) => return Err(Error::Custom(e.to_string())),
            }
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::cancel_operation`]

[`Client::cancel_operation`]: super::Client::cancel_operation*/
    #[derive(Debug, Clone)]
    pub struct CancelOperation<'a> {
        client: &'a super::Client,
        node: Result<::std::string::String, String>,
        module: Result<::std::string::String, String>,
        operation: Result<::std::num::NonZeroU64, String>,
        idempotency_key: Result<Option<types::CancelOperationIdempotencyKey>, String>,
    }
    impl<'a> CancelOperation<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                node: Err("node was not initialized".to_string()),
                module: Err("module was not initialized".to_string()),
                operation: Err("operation was not initialized".to_string()),
                idempotency_key: Ok(None),
            }
        }
        pub fn node<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.node = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for node failed"
                        .to_string()
                });
            self
        }
        pub fn module<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.module = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for module failed"
                        .to_string()
                });
            self
        }
        pub fn operation<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::num::NonZeroU64>,
        {
            self.operation = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: num :: NonZeroU64` for operation failed"
                        .to_string()
                });
            self
        }
        pub fn idempotency_key<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::CancelOperationIdempotencyKey>,
        {
            self.idempotency_key = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `CancelOperationIdempotencyKey` for idempotency_key failed"
                        .to_string()
                });
            self
        }
        ///Sends a `POST` request to `/v1/nodes/{node}/modules/{module}/operations/{operation}/cancel`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::Operation>, Error<types::Problem>> {
            let Self { client, node, module, operation, idempotency_key } = self;
            let node = node.map_err(Error::InvalidRequest)?;
            let module = module.map_err(Error::InvalidRequest)?;
            let operation = operation.map_err(Error::InvalidRequest)?;
            let idempotency_key = idempotency_key.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v1/nodes/{}/modules/{}/operations/{}/cancel", client.baseurl,
                encode_path(& node.to_string()), encode_path(& module.to_string()),
                encode_path(& operation.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            if let Some(value) = idempotency_key {
                header_map.append("Idempotency-Key", value.to_string().try_into()?);
            }
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "cancel_operation",
            };
            match (crate::session::authorize)(&client.inner, &mut request).await {
                Ok(_) => {}
                Err(e) => return Err(Error::Custom(e.to_string())),
            }
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                202u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::wait_for_operation`]

[`Client::wait_for_operation`]: super::Client::wait_for_operation*/
    #[derive(Debug, Clone)]
    pub struct WaitForOperation<'a> {
        client: &'a super::Client,
        node: Result<::std::string::String, String>,
        module: Result<::std::string::String, String>,
        operation: Result<::std::num::NonZeroU64, String>,
        timeout_ms: Result<Option<u64>, String>,
    }
    impl<'a> WaitForOperation<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                node: Err("node was not initialized".to_string()),
                module: Err("module was not initialized".to_string()),
                operation: Err("operation was not initialized".to_string()),
                timeout_ms: Ok(None),
            }
        }
        pub fn node<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.node = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for node failed"
                        .to_string()
                });
            self
        }
        pub fn module<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.module = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for module failed"
                        .to_string()
                });
            self
        }
        pub fn operation<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::num::NonZeroU64>,
        {
            self.operation = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: num :: NonZeroU64` for operation failed"
                        .to_string()
                });
            self
        }
        pub fn timeout_ms<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<u64>,
        {
            self.timeout_ms = value
                .try_into()
                .map(Some)
                .map_err(|_| "conversion to `u64` for timeout_ms failed".to_string());
            self
        }
        ///Sends a `GET` request to `/v1/nodes/{node}/modules/{module}/operations/{operation}/wait`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::Operation>, Error<types::Problem>> {
            let Self { client, node, module, operation, timeout_ms } = self;
            let node = node.map_err(Error::InvalidRequest)?;
            let module = module.map_err(Error::InvalidRequest)?;
            let operation = operation.map_err(Error::InvalidRequest)?;
            let timeout_ms = timeout_ms.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v1/nodes/{}/modules/{}/operations/{}/wait", client.baseurl,
                encode_path(& node.to_string()), encode_path(& module.to_string()),
                encode_path(& operation.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .query(&progenitor_client::QueryParam::new("timeout_ms", &timeout_ms))
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "wait_for_operation",
            };
            match (crate::session::authorize)(&client.inner, &mut request).await {
                Ok(_) => {}
                Err(e) => return Err(Error::Custom(e.to_string())),
            }
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::get_flow_owner`]

[`Client::get_flow_owner`]: super::Client::get_flow_owner*/
    #[derive(Debug, Clone)]
    pub struct GetFlowOwner<'a> {
        client: &'a super::Client,
        node: Result<::std::string::String, String>,
        module: Result<::std::string::String, String>,
        group: Result<Option<::std::string::String>, String>,
        ipid: Result<Option<u16>, String>,
        port: Result<Option<u16>, String>,
        protocol: Result<Option<types::Protocol>, String>,
        sport: Result<Option<u16>, String>,
        src: Result<::std::string::String, String>,
        vip: Result<Option<::std::string::String>, String>,
    }
    impl<'a> GetFlowOwner<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                node: Err("node was not initialized".to_string()),
                module: Err("module was not initialized".to_string()),
                group: Ok(None),
                ipid: Ok(None),
                port: Ok(None),
                protocol: Ok(None),
                sport: Ok(None),
                src: Err("src was not initialized".to_string()),
                vip: Ok(None),
            }
        }
        pub fn node<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.node = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for node failed"
                        .to_string()
                });
            self
        }
        pub fn module<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.module = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for module failed"
                        .to_string()
                });
            self
        }
        pub fn group<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.group = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for group failed"
                        .to_string()
                });
            self
        }
        pub fn ipid<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<u16>,
        {
            self.ipid = value
                .try_into()
                .map(Some)
                .map_err(|_| "conversion to `u16` for ipid failed".to_string());
            self
        }
        pub fn port<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<u16>,
        {
            self.port = value
                .try_into()
                .map(Some)
                .map_err(|_| "conversion to `u16` for port failed".to_string());
            self
        }
        pub fn protocol<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::Protocol>,
        {
            self.protocol = value
                .try_into()
                .map(Some)
                .map_err(|_| "conversion to `Protocol` for protocol failed".to_string());
            self
        }
        pub fn sport<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<u16>,
        {
            self.sport = value
                .try_into()
                .map(Some)
                .map_err(|_| "conversion to `u16` for sport failed".to_string());
            self
        }
        pub fn src<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.src = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for src failed"
                        .to_string()
                });
            self
        }
        pub fn vip<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.vip = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for vip failed"
                        .to_string()
                });
            self
        }
        ///Sends a `GET` request to `/v1/nodes/{node}/modules/{module}/owner`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::FlowOwner>, Error<types::Problem>> {
            let Self {
                client,
                node,
                module,
                group,
                ipid,
                port,
                protocol,
                sport,
                src,
                vip,
            } = self;
            let node = node.map_err(Error::InvalidRequest)?;
            let module = module.map_err(Error::InvalidRequest)?;
            let group = group.map_err(Error::InvalidRequest)?;
            let ipid = ipid.map_err(Error::InvalidRequest)?;
            let port = port.map_err(Error::InvalidRequest)?;
            let protocol = protocol.map_err(Error::InvalidRequest)?;
            let sport = sport.map_err(Error::InvalidRequest)?;
            let src = src.map_err(Error::InvalidRequest)?;
            let vip = vip.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v1/nodes/{}/modules/{}/owner", client.baseurl, encode_path(& node
                .to_string()), encode_path(& module.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .query(&progenitor_client::QueryParam::new("group", &group))
                .query(&progenitor_client::QueryParam::new("ipid", &ipid))
                .query(&progenitor_client::QueryParam::new("port", &port))
                .query(&progenitor_client::QueryParam::new("protocol", &protocol))
                .query(&progenitor_client::QueryParam::new("sport", &sport))
                .query(&progenitor_client::QueryParam::new("src", &src))
                .query(&progenitor_client::QueryParam::new("vip", &vip))
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "get_flow_owner",
            };
            match (crate::session::authorize)(&client.inner, &mut request).await {
                Ok(_) => {}
                Err(e) => return Err(Error::Custom(e.to_string())),
            }
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::list_resources_on_node`]

[`Client::list_resources_on_node`]: super::Client::list_resources_on_node*/
    #[derive(Debug, Clone)]
    pub struct ListResourcesOnNode<'a> {
        client: &'a super::Client,
        node: Result<::std::string::String, String>,
        module: Result<::std::string::String, String>,
    }
    impl<'a> ListResourcesOnNode<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                node: Err("node was not initialized".to_string()),
                module: Err("module was not initialized".to_string()),
            }
        }
        pub fn node<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.node = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for node failed"
                        .to_string()
                });
            self
        }
        pub fn module<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.module = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for module failed"
                        .to_string()
                });
            self
        }
        ///Sends a `GET` request to `/v1/nodes/{node}/modules/{module}/resources`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::ResourceList>, Error<types::Problem>> {
            let Self { client, node, module } = self;
            let node = node.map_err(Error::InvalidRequest)?;
            let module = module.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v1/nodes/{}/modules/{}/resources", client.baseurl, encode_path(& node
                .to_string()), encode_path(& module.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "list_resources_on_node",
            };
            match (crate::session::authorize)(&client.inner, &mut request).await {
                Ok(_) => {}
                Err(e) => return Err(Error::Custom(e.to_string())),
            }
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::set_resource_on_node`]

[`Client::set_resource_on_node`]: super::Client::set_resource_on_node*/
    #[derive(Debug, Clone)]
    pub struct SetResourceOnNode<'a> {
        client: &'a super::Client,
        node: Result<::std::string::String, String>,
        module: Result<::std::string::String, String>,
        resource: Result<types::SetResourceOnNodeResource, String>,
        body: Result<types::builder::ResourceValue, String>,
    }
    impl<'a> SetResourceOnNode<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                node: Err("node was not initialized".to_string()),
                module: Err("module was not initialized".to_string()),
                resource: Err("resource was not initialized".to_string()),
                body: Ok(::std::default::Default::default()),
            }
        }
        pub fn node<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.node = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for node failed"
                        .to_string()
                });
            self
        }
        pub fn module<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.module = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for module failed"
                        .to_string()
                });
            self
        }
        pub fn resource<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::SetResourceOnNodeResource>,
        {
            self.resource = value
                .try_into()
                .map_err(|_| {
                    "conversion to `SetResourceOnNodeResource` for resource failed"
                        .to_string()
                });
            self
        }
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::ResourceValue>,
            <V as std::convert::TryInto<types::ResourceValue>>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| {
                    format!("conversion to `ResourceValue` for body failed: {}", s)
                });
            self
        }
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(
                types::builder::ResourceValue,
            ) -> types::builder::ResourceValue,
        {
            self.body = self.body.map(f);
            self
        }
        ///Sends a `PUT` request to `/v1/nodes/{node}/modules/{module}/resources/{resource}`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::Accepted>, Error<types::Problem>> {
            let Self { client, node, module, resource, body } = self;
            let node = node.map_err(Error::InvalidRequest)?;
            let module = module.map_err(Error::InvalidRequest)?;
            let resource = resource.map_err(Error::InvalidRequest)?;
            let body = body
                .and_then(|v| {
                    types::ResourceValue::try_from(v).map_err(|e| e.to_string())
                })
                .map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v1/nodes/{}/modules/{}/resources/{}", client.baseurl, encode_path(&
                node.to_string()), encode_path(& module.to_string()), encode_path(&
                resource.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .put(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "set_resource_on_node",
            };
            match (crate::session::authorize)(&client.inner, &mut request).await {
                Ok(_) => {}
                Err(e) => return Err(Error::Custom(e.to_string())),
            }
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                202u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::restart_module_on_node`]

[`Client::restart_module_on_node`]: super::Client::restart_module_on_node*/
    #[derive(Debug, Clone)]
    pub struct RestartModuleOnNode<'a> {
        client: &'a super::Client,
        node: Result<::std::string::String, String>,
        module: Result<::std::string::String, String>,
        identity: Result<Option<types::RestartModuleOnNodeIdentity>, String>,
        idempotency_key: Result<
            Option<types::RestartModuleOnNodeIdempotencyKey>,
            String,
        >,
    }
    impl<'a> RestartModuleOnNode<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                node: Err("node was not initialized".to_string()),
                module: Err("module was not initialized".to_string()),
                identity: Ok(None),
                idempotency_key: Ok(None),
            }
        }
        pub fn node<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.node = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for node failed"
                        .to_string()
                });
            self
        }
        pub fn module<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.module = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for module failed"
                        .to_string()
                });
            self
        }
        pub fn identity<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::RestartModuleOnNodeIdentity>,
        {
            self.identity = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `RestartModuleOnNodeIdentity` for identity failed"
                        .to_string()
                });
            self
        }
        pub fn idempotency_key<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::RestartModuleOnNodeIdempotencyKey>,
        {
            self.idempotency_key = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `RestartModuleOnNodeIdempotencyKey` for idempotency_key failed"
                        .to_string()
                });
            self
        }
        ///Sends a `POST` request to `/v1/nodes/{node}/modules/{module}/restart`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::Accepted>, Error<types::Problem>> {
            let Self { client, node, module, identity, idempotency_key } = self;
            let node = node.map_err(Error::InvalidRequest)?;
            let module = module.map_err(Error::InvalidRequest)?;
            let identity = identity.map_err(Error::InvalidRequest)?;
            let idempotency_key = idempotency_key.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v1/nodes/{}/modules/{}/restart", client.baseurl, encode_path(& node
                .to_string()), encode_path(& module.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            if let Some(value) = idempotency_key {
                header_map.append("Idempotency-Key", value.to_string().try_into()?);
            }
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .query(&progenitor_client::QueryParam::new("identity", &identity))
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "restart_module_on_node",
            };
            match (crate::session::authorize)(&client.inner, &mut request).await {
                Ok(_) => {}
                Err(e) => return Err(Error::Custom(e.to_string())),
            }
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                202u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::list_script_logs`]

[`Client::list_script_logs`]: super::Client::list_script_logs*/
    #[derive(Debug, Clone)]
    pub struct ListScriptLogs<'a> {
        client: &'a super::Client,
        node: Result<::std::string::String, String>,
        module: Result<::std::string::String, String>,
    }
    impl<'a> ListScriptLogs<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                node: Err("node was not initialized".to_string()),
                module: Err("module was not initialized".to_string()),
            }
        }
        pub fn node<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.node = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for node failed"
                        .to_string()
                });
            self
        }
        pub fn module<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.module = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for module failed"
                        .to_string()
                });
            self
        }
        ///Sends a `GET` request to `/v1/nodes/{node}/modules/{module}/script-logs`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::ScriptLogList>, Error<types::Problem>> {
            let Self { client, node, module } = self;
            let node = node.map_err(Error::InvalidRequest)?;
            let module = module.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v1/nodes/{}/modules/{}/script-logs", client.baseurl, encode_path(&
                node.to_string()), encode_path(& module.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "list_script_logs",
            };
            match (crate::session::authorize)(&client.inner, &mut request).await {
                Ok(_) => {}
                Err(e) => return Err(Error::Custom(e.to_string())),
            }
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::get_script_log`]

[`Client::get_script_log`]: super::Client::get_script_log*/
    #[derive(Debug, Clone)]
    pub struct GetScriptLog<'a> {
        client: &'a super::Client,
        node: Result<::std::string::String, String>,
        module: Result<::std::string::String, String>,
        log: Result<::std::string::String, String>,
    }
    impl<'a> GetScriptLog<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                node: Err("node was not initialized".to_string()),
                module: Err("module was not initialized".to_string()),
                log: Err("log was not initialized".to_string()),
            }
        }
        pub fn node<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.node = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for node failed"
                        .to_string()
                });
            self
        }
        pub fn module<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.module = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for module failed"
                        .to_string()
                });
            self
        }
        pub fn log<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.log = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for log failed"
                        .to_string()
                });
            self
        }
        ///Sends a `GET` request to `/v1/nodes/{node}/modules/{module}/script-logs/{log}`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<ByteStream>, Error<types::Problem>> {
            let Self { client, node, module, log } = self;
            let node = node.map_err(Error::InvalidRequest)?;
            let module = module.map_err(Error::InvalidRequest)?;
            let log = log.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v1/nodes/{}/modules/{}/script-logs/{}", client.baseurl, encode_path(&
                node.to_string()), encode_path(& module.to_string()), encode_path(& log
                .to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client.client.get(url).headers(header_map).build()?;
            let info = OperationInfo {
                operation_id: "get_script_log",
            };
            match (crate::session::authorize)(&client.inner, &mut request).await {
                Ok(_) => {}
                Err(e) => return Err(Error::Custom(e.to_string())),
            }
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => Ok(ResponseValue::stream(response)),
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::get_snapshot`]

[`Client::get_snapshot`]: super::Client::get_snapshot*/
    #[derive(Debug, Clone)]
    pub struct GetSnapshot<'a> {
        client: &'a super::Client,
        node: Result<::std::string::String, String>,
        module: Result<::std::string::String, String>,
        anonymous: Result<Option<bool>, String>,
    }
    impl<'a> GetSnapshot<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                node: Err("node was not initialized".to_string()),
                module: Err("module was not initialized".to_string()),
                anonymous: Ok(None),
            }
        }
        pub fn node<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.node = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for node failed"
                        .to_string()
                });
            self
        }
        pub fn module<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.module = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for module failed"
                        .to_string()
                });
            self
        }
        pub fn anonymous<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<bool>,
        {
            self.anonymous = value
                .try_into()
                .map(Some)
                .map_err(|_| "conversion to `bool` for anonymous failed".to_string());
            self
        }
        ///Sends a `GET` request to `/v1/nodes/{node}/modules/{module}/snapshot`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<ByteStream>, Error<types::Problem>> {
            let Self { client, node, module, anonymous } = self;
            let node = node.map_err(Error::InvalidRequest)?;
            let module = module.map_err(Error::InvalidRequest)?;
            let anonymous = anonymous.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v1/nodes/{}/modules/{}/snapshot", client.baseurl, encode_path(& node
                .to_string()), encode_path(& module.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .query(&progenitor_client::QueryParam::new("anonymous", &anonymous))
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "get_snapshot",
            };
            match (crate::session::authorize)(&client.inner, &mut request).await {
                Ok(_) => {}
                Err(e) => return Err(Error::Custom(e.to_string())),
            }
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => Ok(ResponseValue::stream(response)),
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::start_module_on_node`]

[`Client::start_module_on_node`]: super::Client::start_module_on_node*/
    #[derive(Debug, Clone)]
    pub struct StartModuleOnNode<'a> {
        client: &'a super::Client,
        node: Result<::std::string::String, String>,
        module: Result<::std::string::String, String>,
        idempotency_key: Result<Option<types::StartModuleOnNodeIdempotencyKey>, String>,
    }
    impl<'a> StartModuleOnNode<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                node: Err("node was not initialized".to_string()),
                module: Err("module was not initialized".to_string()),
                idempotency_key: Ok(None),
            }
        }
        pub fn node<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.node = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for node failed"
                        .to_string()
                });
            self
        }
        pub fn module<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.module = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for module failed"
                        .to_string()
                });
            self
        }
        pub fn idempotency_key<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::StartModuleOnNodeIdempotencyKey>,
        {
            self.idempotency_key = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `StartModuleOnNodeIdempotencyKey` for idempotency_key failed"
                        .to_string()
                });
            self
        }
        ///Sends a `POST` request to `/v1/nodes/{node}/modules/{module}/start`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::Accepted>, Error<types::Problem>> {
            let Self { client, node, module, idempotency_key } = self;
            let node = node.map_err(Error::InvalidRequest)?;
            let module = module.map_err(Error::InvalidRequest)?;
            let idempotency_key = idempotency_key.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v1/nodes/{}/modules/{}/start", client.baseurl, encode_path(& node
                .to_string()), encode_path(& module.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            if let Some(value) = idempotency_key {
                header_map.append("Idempotency-Key", value.to_string().try_into()?);
            }
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "start_module_on_node",
            };
            match (crate::session::authorize)(&client.inner, &mut request).await {
                Ok(_) => {}
                Err(e) => return Err(Error::Custom(e.to_string())),
            }
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                202u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::stop_module_on_node`]

[`Client::stop_module_on_node`]: super::Client::stop_module_on_node*/
    #[derive(Debug, Clone)]
    pub struct StopModuleOnNode<'a> {
        client: &'a super::Client,
        node: Result<::std::string::String, String>,
        module: Result<::std::string::String, String>,
        identity: Result<Option<types::StopModuleOnNodeIdentity>, String>,
        idempotency_key: Result<Option<types::StopModuleOnNodeIdempotencyKey>, String>,
    }
    impl<'a> StopModuleOnNode<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                node: Err("node was not initialized".to_string()),
                module: Err("module was not initialized".to_string()),
                identity: Ok(None),
                idempotency_key: Ok(None),
            }
        }
        pub fn node<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.node = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for node failed"
                        .to_string()
                });
            self
        }
        pub fn module<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.module = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for module failed"
                        .to_string()
                });
            self
        }
        pub fn identity<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::StopModuleOnNodeIdentity>,
        {
            self.identity = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `StopModuleOnNodeIdentity` for identity failed"
                        .to_string()
                });
            self
        }
        pub fn idempotency_key<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::StopModuleOnNodeIdempotencyKey>,
        {
            self.idempotency_key = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `StopModuleOnNodeIdempotencyKey` for idempotency_key failed"
                        .to_string()
                });
            self
        }
        ///Sends a `POST` request to `/v1/nodes/{node}/modules/{module}/stop`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::Accepted>, Error<types::Problem>> {
            let Self { client, node, module, identity, idempotency_key } = self;
            let node = node.map_err(Error::InvalidRequest)?;
            let module = module.map_err(Error::InvalidRequest)?;
            let identity = identity.map_err(Error::InvalidRequest)?;
            let idempotency_key = idempotency_key.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v1/nodes/{}/modules/{}/stop", client.baseurl, encode_path(& node
                .to_string()), encode_path(& module.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            if let Some(value) = idempotency_key {
                header_map.append("Idempotency-Key", value.to_string().try_into()?);
            }
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .query(&progenitor_client::QueryParam::new("identity", &identity))
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "stop_module_on_node",
            };
            match (crate::session::authorize)(&client.inner, &mut request).await {
                Ok(_) => {}
                Err(e) => return Err(Error::Custom(e.to_string())),
            }
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                202u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::stopstart_module_on_node`]

[`Client::stopstart_module_on_node`]: super::Client::stopstart_module_on_node*/
    #[derive(Debug, Clone)]
    pub struct StopstartModuleOnNode<'a> {
        client: &'a super::Client,
        node: Result<::std::string::String, String>,
        module: Result<::std::string::String, String>,
        identity: Result<Option<types::StopstartModuleOnNodeIdentity>, String>,
        idempotency_key: Result<
            Option<types::StopstartModuleOnNodeIdempotencyKey>,
            String,
        >,
    }
    impl<'a> StopstartModuleOnNode<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                node: Err("node was not initialized".to_string()),
                module: Err("module was not initialized".to_string()),
                identity: Ok(None),
                idempotency_key: Ok(None),
            }
        }
        pub fn node<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.node = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for node failed"
                        .to_string()
                });
            self
        }
        pub fn module<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.module = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for module failed"
                        .to_string()
                });
            self
        }
        pub fn identity<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::StopstartModuleOnNodeIdentity>,
        {
            self.identity = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `StopstartModuleOnNodeIdentity` for identity failed"
                        .to_string()
                });
            self
        }
        pub fn idempotency_key<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::StopstartModuleOnNodeIdempotencyKey>,
        {
            self.idempotency_key = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `StopstartModuleOnNodeIdempotencyKey` for idempotency_key failed"
                        .to_string()
                });
            self
        }
        ///Sends a `POST` request to `/v1/nodes/{node}/modules/{module}/stopstart`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::Accepted>, Error<types::Problem>> {
            let Self { client, node, module, identity, idempotency_key } = self;
            let node = node.map_err(Error::InvalidRequest)?;
            let module = module.map_err(Error::InvalidRequest)?;
            let identity = identity.map_err(Error::InvalidRequest)?;
            let idempotency_key = idempotency_key.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v1/nodes/{}/modules/{}/stopstart", client.baseurl, encode_path(& node
                .to_string()), encode_path(& module.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            if let Some(value) = idempotency_key {
                header_map.append("Idempotency-Key", value.to_string().try_into()?);
            }
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .query(&progenitor_client::QueryParam::new("identity", &identity))
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "stopstart_module_on_node",
            };
            match (crate::session::authorize)(&client.inner, &mut request).await {
                Ok(_) => {}
                Err(e) => return Err(Error::Custom(e.to_string())),
            }
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                202u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::undrain_module_on_node`]

[`Client::undrain_module_on_node`]: super::Client::undrain_module_on_node*/
    #[derive(Debug, Clone)]
    pub struct UndrainModuleOnNode<'a> {
        client: &'a super::Client,
        node: Result<::std::string::String, String>,
        module: Result<::std::string::String, String>,
        identity: Result<Option<types::UndrainModuleOnNodeIdentity>, String>,
        idempotency_key: Result<
            Option<types::UndrainModuleOnNodeIdempotencyKey>,
            String,
        >,
    }
    impl<'a> UndrainModuleOnNode<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                node: Err("node was not initialized".to_string()),
                module: Err("module was not initialized".to_string()),
                identity: Ok(None),
                idempotency_key: Ok(None),
            }
        }
        pub fn node<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.node = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for node failed"
                        .to_string()
                });
            self
        }
        pub fn module<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.module = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for module failed"
                        .to_string()
                });
            self
        }
        pub fn identity<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::UndrainModuleOnNodeIdentity>,
        {
            self.identity = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `UndrainModuleOnNodeIdentity` for identity failed"
                        .to_string()
                });
            self
        }
        pub fn idempotency_key<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::UndrainModuleOnNodeIdempotencyKey>,
        {
            self.idempotency_key = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `UndrainModuleOnNodeIdempotencyKey` for idempotency_key failed"
                        .to_string()
                });
            self
        }
        ///Sends a `POST` request to `/v1/nodes/{node}/modules/{module}/undrain`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::Accepted>, Error<types::Problem>> {
            let Self { client, node, module, identity, idempotency_key } = self;
            let node = node.map_err(Error::InvalidRequest)?;
            let module = module.map_err(Error::InvalidRequest)?;
            let identity = identity.map_err(Error::InvalidRequest)?;
            let idempotency_key = idempotency_key.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v1/nodes/{}/modules/{}/undrain", client.baseurl, encode_path(& node
                .to_string()), encode_path(& module.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            if let Some(value) = idempotency_key {
                header_map.append("Idempotency-Key", value.to_string().try_into()?);
            }
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .query(&progenitor_client::QueryParam::new("identity", &identity))
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "undrain_module_on_node",
            };
            match (crate::session::authorize)(&client.inner, &mut request).await {
                Ok(_) => {}
                Err(e) => return Err(Error::Custom(e.to_string())),
            }
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                202u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::wait_for_module`]

[`Client::wait_for_module`]: super::Client::wait_for_module*/
    #[derive(Debug, Clone)]
    pub struct WaitForModule<'a> {
        client: &'a super::Client,
        node: Result<::std::string::String, String>,
        module: Result<::std::string::String, String>,
        drain: Result<Option<types::Drain>, String>,
        generation: Result<Option<u64>, String>,
        phase: Result<Option<types::Phase>, String>,
        readiness: Result<Option<types::Readiness>, String>,
        timeout_ms: Result<Option<u64>, String>,
    }
    impl<'a> WaitForModule<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                node: Err("node was not initialized".to_string()),
                module: Err("module was not initialized".to_string()),
                drain: Ok(None),
                generation: Ok(None),
                phase: Ok(None),
                readiness: Ok(None),
                timeout_ms: Ok(None),
            }
        }
        pub fn node<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.node = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for node failed"
                        .to_string()
                });
            self
        }
        pub fn module<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.module = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for module failed"
                        .to_string()
                });
            self
        }
        pub fn drain<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::Drain>,
        {
            self.drain = value
                .try_into()
                .map(Some)
                .map_err(|_| "conversion to `Drain` for drain failed".to_string());
            self
        }
        pub fn generation<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<u64>,
        {
            self.generation = value
                .try_into()
                .map(Some)
                .map_err(|_| "conversion to `u64` for generation failed".to_string());
            self
        }
        pub fn phase<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::Phase>,
        {
            self.phase = value
                .try_into()
                .map(Some)
                .map_err(|_| "conversion to `Phase` for phase failed".to_string());
            self
        }
        pub fn readiness<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::Readiness>,
        {
            self.readiness = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `Readiness` for readiness failed".to_string()
                });
            self
        }
        pub fn timeout_ms<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<u64>,
        {
            self.timeout_ms = value
                .try_into()
                .map(Some)
                .map_err(|_| "conversion to `u64` for timeout_ms failed".to_string());
            self
        }
        ///Sends a `GET` request to `/v1/nodes/{node}/modules/{module}/wait`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::ModuleStatus>, Error<types::Problem>> {
            let Self {
                client,
                node,
                module,
                drain,
                generation,
                phase,
                readiness,
                timeout_ms,
            } = self;
            let node = node.map_err(Error::InvalidRequest)?;
            let module = module.map_err(Error::InvalidRequest)?;
            let drain = drain.map_err(Error::InvalidRequest)?;
            let generation = generation.map_err(Error::InvalidRequest)?;
            let phase = phase.map_err(Error::InvalidRequest)?;
            let readiness = readiness.map_err(Error::InvalidRequest)?;
            let timeout_ms = timeout_ms.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v1/nodes/{}/modules/{}/wait", client.baseurl, encode_path(& node
                .to_string()), encode_path(& module.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .query(&progenitor_client::QueryParam::new("drain", &drain))
                .query(&progenitor_client::QueryParam::new("generation", &generation))
                .query(&progenitor_client::QueryParam::new("phase", &phase))
                .query(&progenitor_client::QueryParam::new("readiness", &readiness))
                .query(&progenitor_client::QueryParam::new("timeout_ms", &timeout_ms))
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "wait_for_module",
            };
            match (crate::session::authorize)(&client.inner, &mut request).await {
                Ok(_) => {}
                Err(e) => return Err(Error::Custom(e.to_string())),
            }
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::get_secret_state`]

[`Client::get_secret_state`]: super::Client::get_secret_state*/
    #[derive(Debug, Clone)]
    pub struct GetSecretState<'a> {
        client: &'a super::Client,
        node: Result<::std::string::String, String>,
    }
    impl<'a> GetSecretState<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                node: Err("node was not initialized".to_string()),
            }
        }
        pub fn node<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.node = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for node failed"
                        .to_string()
                });
            self
        }
        ///Sends a `GET` request to `/v1/nodes/{node}/secret`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::SecretState>, Error<types::Problem>> {
            let Self { client, node } = self;
            let node = node.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v1/nodes/{}/secret", client.baseurl, encode_path(& node.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "get_secret_state",
            };
            match (crate::session::authorize)(&client.inner, &mut request).await {
                Ok(_) => {}
                Err(e) => return Err(Error::Custom(e.to_string())),
            }
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::accept_secret_on_node`]

[`Client::accept_secret_on_node`]: super::Client::accept_secret_on_node*/
    #[derive(Debug, Clone)]
    pub struct AcceptSecretOnNode<'a> {
        client: &'a super::Client,
        node: Result<::std::string::String, String>,
        body: Result<types::builder::NextSecret, String>,
    }
    impl<'a> AcceptSecretOnNode<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                node: Err("node was not initialized".to_string()),
                body: Ok(::std::default::Default::default()),
            }
        }
        pub fn node<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.node = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for node failed"
                        .to_string()
                });
            self
        }
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::NextSecret>,
            <V as std::convert::TryInto<types::NextSecret>>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| {
                    format!("conversion to `NextSecret` for body failed: {}", s)
                });
            self
        }
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(
                types::builder::NextSecret,
            ) -> types::builder::NextSecret,
        {
            self.body = self.body.map(f);
            self
        }
        ///Sends a `PUT` request to `/v1/nodes/{node}/secret/next`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::SecretState>, Error<types::Problem>> {
            let Self { client, node, body } = self;
            let node = node.map_err(Error::InvalidRequest)?;
            let body = body
                .and_then(|v| types::NextSecret::try_from(v).map_err(|e| e.to_string()))
                .map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v1/nodes/{}/secret/next", client.baseurl, encode_path(& node
                .to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .put(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "accept_secret_on_node",
            };
            match (crate::session::authorize)(&client.inner, &mut request).await {
                Ok(_) => {}
                Err(e) => return Err(Error::Custom(e.to_string())),
            }
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::abandon_secret_on_node`]

[`Client::abandon_secret_on_node`]: super::Client::abandon_secret_on_node*/
    #[derive(Debug, Clone)]
    pub struct AbandonSecretOnNode<'a> {
        client: &'a super::Client,
        node: Result<::std::string::String, String>,
        generation: Result<u64, String>,
    }
    impl<'a> AbandonSecretOnNode<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                node: Err("node was not initialized".to_string()),
                generation: Err("generation was not initialized".to_string()),
            }
        }
        pub fn node<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.node = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for node failed"
                        .to_string()
                });
            self
        }
        pub fn generation<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<u64>,
        {
            self.generation = value
                .try_into()
                .map_err(|_| "conversion to `u64` for generation failed".to_string());
            self
        }
        ///Sends a `DELETE` request to `/v1/nodes/{node}/secret/next`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::SecretState>, Error<types::Problem>> {
            let Self { client, node, generation } = self;
            let node = node.map_err(Error::InvalidRequest)?;
            let generation = generation.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v1/nodes/{}/secret/next", client.baseurl, encode_path(& node
                .to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .delete(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .query(&progenitor_client::QueryParam::new("generation", &generation))
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "abandon_secret_on_node",
            };
            match (crate::session::authorize)(&client.inner, &mut request).await {
                Ok(_) => {}
                Err(e) => return Err(Error::Custom(e.to_string())),
            }
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::put_user_on_node`]

[`Client::put_user_on_node`]: super::Client::put_user_on_node*/
    #[derive(Debug, Clone)]
    pub struct PutUserOnNode<'a> {
        client: &'a super::Client,
        node: Result<::std::string::String, String>,
        user: Result<::std::string::String, String>,
        body: Result<types::builder::UserSettings, String>,
    }
    impl<'a> PutUserOnNode<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                node: Err("node was not initialized".to_string()),
                user: Err("user was not initialized".to_string()),
                body: Ok(::std::default::Default::default()),
            }
        }
        pub fn node<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.node = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for node failed"
                        .to_string()
                });
            self
        }
        pub fn user<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.user = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for user failed"
                        .to_string()
                });
            self
        }
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::UserSettings>,
            <V as std::convert::TryInto<types::UserSettings>>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| {
                    format!("conversion to `UserSettings` for body failed: {}", s)
                });
            self
        }
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(
                types::builder::UserSettings,
            ) -> types::builder::UserSettings,
        {
            self.body = self.body.map(f);
            self
        }
        ///Sends a `PUT` request to `/v1/nodes/{node}/users/{user}`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::Accepted>, Error<types::Problem>> {
            let Self { client, node, user, body } = self;
            let node = node.map_err(Error::InvalidRequest)?;
            let user = user.map_err(Error::InvalidRequest)?;
            let body = body
                .and_then(|v| {
                    types::UserSettings::try_from(v).map_err(|e| e.to_string())
                })
                .map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v1/nodes/{}/users/{}", client.baseurl, encode_path(& node
                .to_string()), encode_path(& user.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .put(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "put_user_on_node",
            };
            match (crate::session::authorize)(&client.inner, &mut request).await {
                Ok(_) => {}
                Err(e) => return Err(Error::Custom(e.to_string())),
            }
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::delete_user_on_node`]

[`Client::delete_user_on_node`]: super::Client::delete_user_on_node*/
    #[derive(Debug, Clone)]
    pub struct DeleteUserOnNode<'a> {
        client: &'a super::Client,
        node: Result<::std::string::String, String>,
        user: Result<::std::string::String, String>,
    }
    impl<'a> DeleteUserOnNode<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                node: Err("node was not initialized".to_string()),
                user: Err("user was not initialized".to_string()),
            }
        }
        pub fn node<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.node = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for node failed"
                        .to_string()
                });
            self
        }
        pub fn user<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.user = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for user failed"
                        .to_string()
                });
            self
        }
        ///Sends a `DELETE` request to `/v1/nodes/{node}/users/{user}`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::Accepted>, Error<types::Problem>> {
            let Self { client, node, user } = self;
            let node = node.map_err(Error::InvalidRequest)?;
            let user = user.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v1/nodes/{}/users/{}", client.baseurl, encode_path(& node
                .to_string()), encode_path(& user.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .delete(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "delete_user_on_node",
            };
            match (crate::session::authorize)(&client.inner, &mut request).await {
                Ok(_) => {}
                Err(e) => return Err(Error::Custom(e.to_string())),
            }
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::list_templates`]

[`Client::list_templates`]: super::Client::list_templates*/
    #[derive(Debug, Clone)]
    pub struct ListTemplates<'a> {
        client: &'a super::Client,
    }
    impl<'a> ListTemplates<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self { client: client }
        }
        ///Sends a `GET` request to `/v1/templates`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::TemplateList>, Error<types::Problem>> {
            let Self { client } = self;
            let url = format!("{}/v1/templates", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "list_templates",
            };
            match (crate::session::authorize)(&client.inner, &mut request).await {
                Ok(_) => {}
                Err(e) => return Err(Error::Custom(e.to_string())),
            }
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::list_users`]

[`Client::list_users`]: super::Client::list_users*/
    #[derive(Debug, Clone)]
    pub struct ListUsers<'a> {
        client: &'a super::Client,
    }
    impl<'a> ListUsers<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self { client: client }
        }
        ///Sends a `GET` request to `/v1/users`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::UserList>, Error<types::Problem>> {
            let Self { client } = self;
            let url = format!("{}/v1/users", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "list_users",
            };
            match (crate::session::authorize)(&client.inner, &mut request).await {
                Ok(_) => {}
                Err(e) => return Err(Error::Custom(e.to_string())),
            }
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::create_user`]

[`Client::create_user`]: super::Client::create_user*/
    #[derive(Debug, Clone)]
    pub struct CreateUser<'a> {
        client: &'a super::Client,
        idempotency_key: Result<Option<types::CreateUserIdempotencyKey>, String>,
        body: Result<types::builder::NewUser, String>,
    }
    impl<'a> CreateUser<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                idempotency_key: Ok(None),
                body: Ok(::std::default::Default::default()),
            }
        }
        pub fn idempotency_key<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::CreateUserIdempotencyKey>,
        {
            self.idempotency_key = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `CreateUserIdempotencyKey` for idempotency_key failed"
                        .to_string()
                });
            self
        }
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::NewUser>,
            <V as std::convert::TryInto<types::NewUser>>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| format!("conversion to `NewUser` for body failed: {}", s));
            self
        }
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(types::builder::NewUser) -> types::builder::NewUser,
        {
            self.body = self.body.map(f);
            self
        }
        ///Sends a `POST` request to `/v1/users`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::NodeResults>, Error<types::Problem>> {
            let Self { client, idempotency_key, body } = self;
            let idempotency_key = idempotency_key.map_err(Error::InvalidRequest)?;
            let body = body
                .and_then(|v| types::NewUser::try_from(v).map_err(|e| e.to_string()))
                .map_err(Error::InvalidRequest)?;
            let url = format!("{}/v1/users", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            if let Some(value) = idempotency_key {
                header_map.append("Idempotency-Key", value.to_string().try_into()?);
            }
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "create_user",
            };
            match (crate::session::authorize)(&client.inner, &mut request).await {
                Ok(_) => {}
                Err(e) => return Err(Error::Custom(e.to_string())),
            }
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                201u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::delete_user`]

[`Client::delete_user`]: super::Client::delete_user*/
    #[derive(Debug, Clone)]
    pub struct DeleteUser<'a> {
        client: &'a super::Client,
        user: Result<::std::string::String, String>,
    }
    impl<'a> DeleteUser<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                user: Err("user was not initialized".to_string()),
            }
        }
        pub fn user<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.user = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for user failed"
                        .to_string()
                });
            self
        }
        ///Sends a `DELETE` request to `/v1/users/{user}`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::NodeResults>, Error<types::Problem>> {
            let Self { client, user } = self;
            let user = user.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v1/users/{}", client.baseurl, encode_path(& user.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .delete(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "delete_user",
            };
            match (crate::session::authorize)(&client.inner, &mut request).await {
                Ok(_) => {}
                Err(e) => return Err(Error::Custom(e.to_string())),
            }
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::version`]

[`Client::version`]: super::Client::version*/
    #[derive(Debug, Clone)]
    pub struct Version<'a> {
        client: &'a super::Client,
    }
    impl<'a> Version<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self { client: client }
        }
        ///Sends a `GET` request to `/v1/version`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::Version>, Error<types::Problem>> {
            let Self { client } = self;
            let url = format!("{}/v1/version", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "version",
            };
            match (crate::session::authorize)(&client.inner, &mut request).await {
                Ok(_) => {}
                Err(e) => return Err(Error::Custom(e.to_string())),
            }
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::whoami`]

[`Client::whoami`]: super::Client::whoami*/
    #[derive(Debug, Clone)]
    pub struct Whoami<'a> {
        client: &'a super::Client,
    }
    impl<'a> Whoami<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self { client: client }
        }
        ///Sends a `GET` request to `/v1/whoami`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::WhoAmI>, Error<types::Problem>> {
            let Self { client } = self;
            let url = format!("{}/v1/whoami", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "whoami",
            };
            match (crate::session::authorize)(&client.inner, &mut request).await {
                Ok(_) => {}
                Err(e) => return Err(Error::Custom(e.to_string())),
            }
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
}
/// Items consumers will typically use such as the Client.
pub mod prelude {
    pub use self::super::Client;
}
