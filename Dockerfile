# syntax=docker/dockerfile:1
# A small image of the bot: docker build -t onrecord . && docker run -v onrecord:/data onrecord
ARG BASE=python:3.13-slim-bookworm

FROM ${BASE} AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
# For a database on PostgreSQL: --build-arg REQUIREMENTS=requirements-postgres.txt
# For articles in French: --build-arg REQUIREMENTS=requirements-french.txt
ARG REQUIREMENTS=requirements.txt
WORKDIR /app
RUN python3 -m venv /venv
COPY ${REQUIREMENTS} ./
RUN /venv/bin/pip install --require-hashes -r ${REQUIREMENTS}
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY config config
COPY digests digests
COPY seeds seeds
RUN /venv/bin/pip install --no-deps --no-build-isolation . \
    && /venv/bin/pip uninstall --yes setuptools pip \
    && find /venv -type d -name tests -prune -exec rm -rf {} +

FROM ${BASE}
RUN install -d -o 10001 -g 10001 /data
COPY --from=build /venv /venv
ENV PATH=/venv/bin:$PATH HOME=/data PYTHONUNBUFFERED=1
USER 10001:10001
# The database is data/onrecord.db below the working directory; mount a volume here to keep it.
WORKDIR /data
VOLUME /data
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s CMD ["onrecord", "health"]
ENTRYPOINT ["onrecord"]
CMD ["run"]
