"""The same verbs as JSON, under `/api/v1/`. One module a resource.

A view reads the request with `asking`, calls one verb and answers with shapes that name each
field. Shapes that take and shapes that show share nothing, so no answer can grow a field by
inheritance. What is read is strict: a name that is not known is refused, never passed over.
"""
