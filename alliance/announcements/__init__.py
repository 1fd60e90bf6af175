"""Announcements (公告): what the alliance tells everybody or its members, for as long as it holds."""
