"""What a visitor and an applicant see."""
