from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.gone_node import GoneNode
    from ..models.new_node import NewNode


T = TypeVar("T", bound="ClusterChange")


@_attrs_define
class ClusterChange:
    """A change of who is there: a node comes, or one goes.

    Example:
        {'add': {'addresses': [{'address': '192.0.2.4', 'lan': 'default'}], 'name': 'node4'}}

    Attributes:
        add (NewNode | None | Unset):
        remove (GoneNode | None | Unset):
    """

    add: NewNode | None | Unset = UNSET
    remove: GoneNode | None | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        from ..models.gone_node import GoneNode
        from ..models.new_node import NewNode

        add: dict[str, Any] | None | Unset
        if isinstance(self.add, Unset):
            add = UNSET
        elif isinstance(self.add, NewNode):
            add = self.add.to_dict()
        else:
            add = self.add

        remove: dict[str, Any] | None | Unset
        if isinstance(self.remove, Unset):
            remove = UNSET
        elif isinstance(self.remove, GoneNode):
            remove = self.remove.to_dict()
        else:
            remove = self.remove

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if add is not UNSET:
            field_dict["add"] = add
        if remove is not UNSET:
            field_dict["remove"] = remove

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.gone_node import GoneNode
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

        cluster_change = cls(
            add=add,
            remove=remove,
        )

        return cluster_change
