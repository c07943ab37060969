# Everything in an image that is not ours: Python 3.13 in /opt/judge/venv with a profile's libraries,
# msgpack in /opt/judge/lib, pytest and hypothesis in /opt/judge/grader-lib. Wheels come with the
# build context, so nothing here needs a network. The base is official or made with mmdebstrap;
# nothing above this file can tell which. All of it is in folders called site-packages: whatever is
# not, Hypothesis takes for the code under test, and parses it, seconds long, for numbers to try.
ARG BASE
FROM ${BASE} AS installed
LABEL judge.stage=installed
COPY wheels /wheels
ENV PIP_NO_INDEX=1 PIP_NO_DEPS=1 PIP_REQUIRE_HASHES=1 PIP_NO_CACHE_DIR=1 PIP_NO_COMPILE=1 \
    PIP_QUIET=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore
RUN set -eu; umask 022; \
    python3.13 -m venv --without-pip /opt/judge/venv; \
    rm /opt/judge/venv/bin/*ctivate*; \
    pip="/opt/judge/venv/bin/python $(echo /wheels/installer/pip-*.whl)/pip install"; \
    $pip --find-links /wheels/profile -r /wheels/profile.txt; \
    $pip --find-links /wheels/codec -r /wheels/codec.txt --target /opt/judge/lib/site-packages; \
    $pip --find-links /wheels/grader -r /wheels/grader.txt --target /opt/judge/grader-lib/site-packages
# What libraries bring along to test themselves is a third of their files. numpy's stays: its
# public numpy.testing reaches into it.
RUN set -eu; \
    cd /opt/judge/venv/lib/python3.13/site-packages; \
    find . -type d -name tests ! -path './numpy/*' -prune -exec rm -r {} +; \
    rm -rf /opt/judge/*/site-packages/bin
# The root file system is read-only when it matters, so byte code has to be there before.
# unchecked-hash: valid whatever the files' times are.
RUN /opt/judge/venv/bin/python -m compileall -q -j 0 --invalidation-mode unchecked-hash /opt/judge

FROM ${BASE}
COPY --from=installed /opt/judge /opt/judge
# Nobody changes who they are in here, so nothing needs to be setuid or setgid.
RUN find / -xdev -type f -perm /6000 -exec chmod a-s {} +
# The official base has a pip and no byte code of the standard library; the made one is the
# other way round.
RUN set -eu; \
    library="$(python3.13 -c 'import sysconfig; print(sysconfig.get_path("stdlib"))')"; \
    rm -rf /usr/local/bin/pip* "$library"/ensurepip "$library"/site-packages/*; \
    python3.13 -m compileall -q -j 0 "$library"; \
    rm -rf /root/.[!.]* /tmp/* /var/tmp/* /var/cache/* /var/log/*
ENV PATH=/opt/judge/venv/bin:/usr/local/bin:/usr/bin:/bin LANG=C.UTF-8 PYTHONDONTWRITEBYTECODE=1
ENTRYPOINT []
CMD []
