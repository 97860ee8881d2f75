"""The pages: each view reads the request, calls one verb and answers. One module a page family."""
