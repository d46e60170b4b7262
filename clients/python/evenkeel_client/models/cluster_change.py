from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.gone_lan import GoneLan
    from ..models.gone_node import GoneNode
    from ..models.new_lan import NewLan
    from ..models.new_node import NewNode


T = TypeVar("T", bound="ClusterChange")


@_attrs_define
class ClusterChange:
    """A change of who is there, and on which LANs: one of these.

    Example:
        {'add': {'addresses': [{'address': '192.0.2.4', 'lan': 'default'}], 'name': 'node4'}}

    Attributes:
        add (NewNode | None | Unset):
        add_lan (NewLan | None | Unset):
        remove (GoneNode | None | Unset):
        remove_lan (GoneLan | None | Unset):
    """

    add: NewNode | None | Unset = UNSET
    add_lan: NewLan | None | Unset = UNSET
    remove: GoneNode | None | Unset = UNSET
    remove_lan: GoneLan | None | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        from ..models.gone_lan import GoneLan
        from ..models.gone_node import GoneNode
        from ..models.new_lan import NewLan
        from ..models.new_node import NewNode

        add: dict[str, Any] | None | Unset
        if isinstance(self.add, Unset):
            add = UNSET
        elif isinstance(self.add, NewNode):
            add = self.add.to_dict()
        else:
            add = self.add

        add_lan: dict[str, Any] | None | Unset
        if isinstance(self.add_lan, Unset):
            add_lan = UNSET
        elif isinstance(self.add_lan, NewLan):
            add_lan = self.add_lan.to_dict()
        else:
            add_lan = self.add_lan

        remove: dict[str, Any] | None | Unset
        if isinstance(self.remove, Unset):
            remove = UNSET
        elif isinstance(self.remove, GoneNode):
            remove = self.remove.to_dict()
        else:
            remove = self.remove

        remove_lan: dict[str, Any] | None | Unset
        if isinstance(self.remove_lan, Unset):
            remove_lan = UNSET
        elif isinstance(self.remove_lan, GoneLan):
            remove_lan = self.remove_lan.to_dict()
        else:
            remove_lan = self.remove_lan

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if add is not UNSET:
            field_dict["add"] = add
        if add_lan is not UNSET:
            field_dict["add_lan"] = add_lan
        if remove is not UNSET:
            field_dict["remove"] = remove
        if remove_lan is not UNSET:
            field_dict["remove_lan"] = remove_lan

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.gone_lan import GoneLan
        from ..models.gone_node import GoneNode
        from ..models.new_lan import NewLan
        from ..models.new_node import NewNode

        d = dict(src_dict)

        def _parse_add(data: object) -> NewNode | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                add_type_0 = NewNode.from_dict(data)

                return add_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(NewNode | None | Unset, data)

        add = _parse_add(d.pop("add", UNSET))

        def _parse_add_lan(data: object) -> NewLan | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                add_lan_type_0 = NewLan.from_dict(data)

                return add_lan_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(NewLan | None | Unset, data)

        add_lan = _parse_add_lan(d.pop("add_lan", UNSET))

        def _parse_remove(data: object) -> GoneNode | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                remove_type_0 = GoneNode.from_dict(data)

                return remove_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(GoneNode | None | Unset, data)

        remove = _parse_remove(d.pop("remove", UNSET))

        def _parse_remove_lan(data: object) -> GoneLan | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                remove_lan_type_0 = GoneLan.from_dict(data)

                return remove_lan_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(GoneLan | None | Unset, data)

        remove_lan = _parse_remove_lan(d.pop("remove_lan", UNSET))

        cluster_change = cls(
            add=add,
            add_lan=add_lan,
            remove=remove,
            remove_lan=remove_lan,
        )

        return cluster_change
