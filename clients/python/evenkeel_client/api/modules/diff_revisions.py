from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.problem import Problem
from ...models.revision_diff import RevisionDiff
from ...types import UNSET, Response, Unset


def _get_kwargs(
    module: str,
    revision: int,
    *,
    to: int | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["to"] = to

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/v1/modules/{module}/revisions/{revision}/diff".format(
            module=quote(str(module), safe=""),
            revision=quote(str(revision), safe=""),
        ),
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Problem | RevisionDiff | None:
    if response.status_code == 200:
        response_200 = RevisionDiff.from_dict(response.json())

        return response_200

    if 400 <= response.status_code <= 499:
        response_4xx = Problem.from_dict(response.json())

        return response_4xx

    if 500 <= response.status_code <= 599:
        response_5xx = Problem.from_dict(response.json())

        return response_5xx

    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[Problem | RevisionDiff]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    module: str,
    revision: int,
    *,
    client: AuthenticatedClient,
    to: int | Unset = UNSET,
) -> Response[Problem | RevisionDiff]:
    """How two revisions of a module differ

     The file, each macro and each script that is not the same in both, with the lines that differ. What
    would be changed by restoring the one in the path is asked from the other side: its number is `to`
    then.

    Args:
        module (str): The name: 1 to 32 characters, a letter first, then letters, digits, `_` and
            `-`.
        revision (int):
        to (int | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | RevisionDiff]
    """

    kwargs = _get_kwargs(
        module=module,
        revision=revision,
        to=to,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    module: str,
    revision: int,
    *,
    client: AuthenticatedClient,
    to: int | Unset = UNSET,
) -> Problem | RevisionDiff | None:
    """How two revisions of a module differ

     The file, each macro and each script that is not the same in both, with the lines that differ. What
    would be changed by restoring the one in the path is asked from the other side: its number is `to`
    then.

    Args:
        module (str): The name: 1 to 32 characters, a letter first, then letters, digits, `_` and
            `-`.
        revision (int):
        to (int | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | RevisionDiff
    """

    return sync_detailed(
        module=module,
        revision=revision,
        client=client,
        to=to,
    ).parsed


async def asyncio_detailed(
    module: str,
    revision: int,
    *,
    client: AuthenticatedClient,
    to: int | Unset = UNSET,
) -> Response[Problem | RevisionDiff]:
    """How two revisions of a module differ

     The file, each macro and each script that is not the same in both, with the lines that differ. What
    would be changed by restoring the one in the path is asked from the other side: its number is `to`
    then.

    Args:
        module (str): The name: 1 to 32 characters, a letter first, then letters, digits, `_` and
            `-`.
        revision (int):
        to (int | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | RevisionDiff]
    """

    kwargs = _get_kwargs(
        module=module,
        revision=revision,
        to=to,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    module: str,
    revision: int,
    *,
    client: AuthenticatedClient,
    to: int | Unset = UNSET,
) -> Problem | RevisionDiff | None:
    """How two revisions of a module differ

     The file, each macro and each script that is not the same in both, with the lines that differ. What
    would be changed by restoring the one in the path is asked from the other side: its number is `to`
    then.

    Args:
        module (str): The name: 1 to 32 characters, a letter first, then letters, digits, `_` and
            `-`.
        revision (int):
        to (int | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | RevisionDiff
    """

    return (
        await asyncio_detailed(
            module=module,
            revision=revision,
            client=client,
            to=to,
        )
    ).parsed
