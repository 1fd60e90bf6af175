# The portal's image: web, worker and timetable are the same one with another command. Nothing in it belongs to root but the code.
FROM python:3.12-slim-bookworm AS made
WORKDIR /portal
COPY requirements/run.txt requirements/run.txt
RUN python -m venv .venv && .venv/bin/pip install --no-cache-dir --require-hashes -r requirements/run.txt
COPY . .
# Babel makes the catalogues; the settings want names, and nothing real stands behind these.
RUN .venv/bin/python bin/house catalogues compile \
 && DATABASE_URL=sqlite:///:memory: REDIS_URL=redis://nowhere SECRET_KEY=only-while-the-image-is-made ALLOWED_HOSTS=localhost \
    STATIC_ROOT=/portal/static-root .venv/bin/python manage.py collectstatic --noinput

FROM python:3.12-slim-bookworm
RUN useradd --uid 10001 --create-home --home-dir /var/lib/portal --shell /usr/sbin/nologin portal
COPY --from=made /portal /portal
WORKDIR /portal
ENV PATH=/portal/.venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    PORTAL_HOME=/var/lib/portal STATIC_ROOT=/portal/static-root
USER 10001
VOLUME /var/lib/portal
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
  CMD python -c "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/healthz/', timeout=4)"
CMD ["gunicorn", "alliance.wsgi", "--bind", "0.0.0.0:8000", "--workers", "2", "--worker-class", "gthread", "--threads", "4", "--timeout", "60", "--access-logfile", "-", "--no-control-socket", "--worker-tmp-dir", "/dev/shm"]
