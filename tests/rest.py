"""Qdrant's REST, as much as we use of it, by qdrant-client's local mode: `python -m tests.rest` prints its address.

No real server, but what we send goes over HTTP as JSON and is read by the models of Qdrant's own API, and a client
can be killed while it lives on.
"""

from __future__ import annotations

import json
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from pydantic import BaseModel, TypeAdapter
from qdrant_client import QdrantClient, models

_LOCAL, _LOCK = QdrantClient(":memory:", force_disable_check_same_thread=True), threading.RLock()


def _aliases(_: str, body: Any) -> Any:
    return _LOCAL.update_collection_aliases(models.ChangeAliasesOperation(**body).actions)


def _create(name: str, body: Any) -> Any:
    made = models.CreateCollection(**body)
    return _LOCAL.create_collection(
        name, vectors_config=made.vectors, sparse_vectors_config=made.sparse_vectors
    )  # fmt: skip


def _upsert(name: str, body: Any) -> Any:
    return _LOCAL.upsert(name, models.PointsList(**body).points)


def _delete(name: str, body: Any) -> Any:
    return _LOCAL.delete(name, TypeAdapter(models.PointsSelector).validate_python(body))


def _set_payload(name: str, body: Any) -> Any:
    told = models.SetPayload(**body)
    return _LOCAL.set_payload(name, told.payload, told.points)


def _retrieve(name: str, body: Any) -> Any:
    asked = models.PointRequest(**body)
    return _LOCAL.retrieve(name, asked.ids, with_payload=asked.with_payload, with_vectors=asked.with_vector or False)


def _scroll(name: str, body: Any) -> Any:
    asked = models.ScrollRequest(**body)
    records, offset = _LOCAL.scroll(
        name, asked.filter, limit=asked.limit or 10, offset=asked.offset, order_by=asked.order_by,
        with_payload=asked.with_payload, with_vectors=asked.with_vector or False,
    )  # fmt: skip
    return models.ScrollResult(points=records, next_page_offset=offset)


def _query(name: str, body: Any) -> Any:
    asked = models.QueryRequestBatch(**body).searches
    for search in asked:
        search.params = None  # the local mode knows none, and says so each time
    return _LOCAL.query_batch_points(name, asked)


def _count(name: str, body: Any) -> Any:
    return _LOCAL.count(name, models.CountRequest(**body).filter)


def _facet(name: str, body: Any) -> Any:
    asked = models.FacetRequest(**body)
    return _LOCAL.facet(name, asked.key, facet_filter=asked.filter, limit=asked.limit or 10, exact=True)


_ROUTES: list[tuple[str, str, Any]] = [
    ("GET", r"/aliases", lambda _, body: _LOCAL.get_aliases()),
    ("POST", r"/collections/aliases", _aliases),
    ("GET", r"/collections", lambda _, body: _LOCAL.get_collections()),
    ("GET", r"/collections/([^/]+)", lambda name, body: _LOCAL.get_collection(name)),
    ("PUT", r"/collections/([^/]+)", _create),
    ("DELETE", r"/collections/([^/]+)", lambda name, body: _LOCAL.delete_collection(name)),
    ("PUT", r"/collections/([^/]+)/index", lambda name, body: models.CreateFieldIndex(**body) and _done()),
    ("PUT", r"/collections/([^/]+)/points", _upsert),
    ("POST", r"/collections/([^/]+)/points", _retrieve),
    ("POST", r"/collections/([^/]+)/points/delete", _delete),
    ("POST", r"/collections/([^/]+)/points/payload", _set_payload),
    ("POST", r"/collections/([^/]+)/points/scroll", _scroll),
    ("POST", r"/collections/([^/]+)/points/query/batch", _query),
    ("POST", r"/collections/([^/]+)/points/count", _count),
    ("POST", r"/collections/([^/]+)/facet", _facet),
]


def _done() -> models.UpdateResult:
    return models.UpdateResult(operation_id=0, status=models.UpdateStatus.COMPLETED)


class _Desk(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def _answer(self) -> None:
        data = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        body, path = json.loads(data) if data else {}, self.path.partition("?")[0]
        for method, route, answer in _ROUTES:
            if method == self.command and (match := re.fullmatch(route, path)):
                try:
                    with _LOCK:
                        status, told = 200, {"result": _plain(answer(match[1] if match.groups() else "", body))}
                except ValueError as error:
                    gone = re.fullmatch(r"Collection (.+) not found", str(error))
                    why = f"Not found: Collection `{gone[1]}` doesn't exist!" if gone else f"Wrong input: {error}"
                    status, told = (404 if gone else 400), {"status": {"error": why}}
                break
        else:
            status, told = 404, {"status": {"error": f"{self.command} {path} is not known here"}}
        answered = json.dumps(told | {"time": 0.0}).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(answered)))
        self.end_headers()
        self.wfile.write(answered)

    do_GET = do_POST = do_PUT = do_DELETE = _answer  # noqa: N815

    def log_message(self, *_: object) -> None:
        pass


def _plain(told: Any) -> Any:
    if isinstance(told, list | tuple):
        return [_plain(each) for each in told]
    return told.model_dump(mode="json") if isinstance(told, BaseModel) else told


def main() -> None:
    """Serves until it is killed."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Desk)
    print(f"http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
