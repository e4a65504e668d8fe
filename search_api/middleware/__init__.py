"""What stands around every request, from the outside in; each is plain ASGI, so that it costs next to nothing."""

from typing import Any

from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import DEFAULT_EXCLUDED_CONTENT_TYPES, GZipMiddleware

from index.rowfiles import MEDIA_TYPES
from index.settings import Web
from search_api.middleware.catching import Catching
from search_api.middleware.headers import SafeHeaders
from search_api.middleware.heads import Heads
from search_api.middleware.observing import Observing
from search_api.middleware.rates import RateLimits
from search_api.middleware.sizes import SizeLimits

_ANSWERED = ["ETag", "RateLimit", "RateLimit-Policy", "Retry-After", "X-Request-ID"]  # what pages elsewhere may read
_PACKED = (*DEFAULT_EXCLUDED_CONTENT_TYPES, *(MEDIA_TYPES[format] for format in ("xlsx", "parquet")))  # already
_SMALL, _LEVEL = 1_000, 4  # bytes that are sent as they are; a higher level costs more than it saves


def stack(web: Web) -> list[Middleware]:
    """The middlewares that these settings want, the outermost first."""
    allowed = ["GET", "HEAD", "POST", "DELETE"]
    cors: dict[str, Any] = {"allow_origins": web.cors, "allow_methods": allowed, "expose_headers": _ANSWERED}
    return [
        Middleware(Observing, log_questions=web.log_questions),
        Middleware(SafeHeaders),
        *([Middleware(CORSMiddleware, **cors)] if web.cors else ()),
        *([Middleware(RateLimits, rate=web.rate, shared=web.shared)] if web.rate else ()),
        Middleware(Heads),
        Middleware(GZipMiddleware, minimum_size=_SMALL, compresslevel=_LEVEL, exclude_content_types=_PACKED),
        Middleware(SizeLimits),
        Middleware(Catching, tell=web.log_questions),
    ]
