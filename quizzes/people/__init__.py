"""Who studies and who teaches: users, guests, classrooms and their enrollments.

A guest is a `User` without credentials, so that ten cards tried before signing up are
ordinary reviews from the first moment and nothing has to be converted later.
This package knows nothing of books beyond a foreign key, and nothing of cards.
"""
