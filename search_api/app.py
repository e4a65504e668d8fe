"""The web application: for now an empty room with its door."""

from fastapi import FastAPI

from search_api.schemas import Health


def create_app() -> FastAPI:
    """The application, as an ASGI factory: `uvicorn --factory search_api.app:create_app`."""
    app = FastAPI(title="Paragraf", version="0.1.0", description="What Sweden's municipalities decide, searchable.")

    @app.get("/health")
    def health() -> Health:
        """Whether the server answers at all. Says nothing of the index (that will be readiness)."""
        return Health(status="ok")

    return app
