# The gateway as an image: built from source, run as a user without rights, with nothing but its bundles.
FROM node:24-slim AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY . .
RUN node scripts/build.mts --production

FROM node:24-slim
COPY --from=build /build/dist/portcullis.js /build/dist/guard.js /build/dist/redis.js /build/dist/telemetry.js /build/LICENSE /opt/portcullis/
# A volume that is mounted here belongs to the same user.
RUN install -d -o node -g node -m 0700 /state
USER node
VOLUME /state
ENTRYPOINT ["node", "/opt/portcullis/portcullis.js"]
CMD ["--help"]
