"""The same verbs as JSON, under `/api/v1/`. One module a resource."""
