"""The chat page.

Importing the package switches off everything in Gradio that would reach out; that only works
before Gradio is imported, and nothing in here can be imported without passing this file.
"""

import os

# What the user has named stays: a model inside the network must not be asked through a proxy.
_named = os.environ.get("no_proxy") or os.environ.get("NO_PROXY")
_not_proxied = ",".join(filter(None, (_named, "127.0.0.1", "localhost")))

os.environ.update(
    {
        "GRADIO_ANALYTICS_ENABLED": "False",
        "HF_HUB_OFFLINE": "1",
        "HF_HUB_DISABLE_TELEMETRY": "1",
        "NO_PROXY": _not_proxied,
        "no_proxy": _not_proxied,
    }
)
