"""The site: settings, addresses, and the way in for servers. No study rules live here."""
