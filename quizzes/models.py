"""Where Django looks for models: it imports each package's own, and holds nothing itself."""

import quizzes.assessment.models
import quizzes.cards.models
import quizzes.content.models
import quizzes.exchange.models
import quizzes.items.models
import quizzes.jobs.models
import quizzes.people.models  # noqa: F401
