"""The chat page.

Importing the package switches off everything in Gradio that would reach out; that only works
before Gradio is imported, and nothing in here can be imported without passing this file.
"""

import os

os.environ.update(
    {
        "GRADIO_ANALYTICS_ENABLED": "False",
        "HF_HUB_OFFLINE": "1",
        "HF_HUB_DISABLE_TELEMETRY": "1",
        "NO_PROXY": "127.0.0.1,localhost",
        "no_proxy": "127.0.0.1,localhost",
    }
)
