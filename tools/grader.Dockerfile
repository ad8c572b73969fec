# Runs `academy check` on notebooks of strangers; CONTRIBUTING.md has the command.
FROM python:3.11-slim
WORKDIR /book
COPY . .
RUN pip install --no-cache-dir -r requirements.txt && pip install --no-cache-dir --no-deps -e .
RUN useradd --create-home grader
USER grader
ENV HOME=/tmp
ENTRYPOINT ["academy"]
