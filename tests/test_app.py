from fastapi.testclient import TestClient

from search_api.app import create_app


def test_the_door_opens() -> None:
    answer = TestClient(create_app()).get("/health")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok"}
