//! `container` and `services`.

use super::workflow::env_value;
use super::{Ctx, Field, Map, Widget, field, item};

static IMAGE: Field = field(
    "image",
    "Image",
    "The Docker image: a name on Docker Hub, or the full name in another registry such as `ghcr.io/owner/image:tag`.",
)
.nonempty()
.ctx(Ctx::W6);

static OPTIONS: Field = field(
    "options",
    "Options",
    "Further options of `docker create`, such as `--cpus 1` or the `--health-…` ones. `--network` is not supported.",
)
.ctx(Ctx::W6);

static ENV: Field = field("env", "Environment variables", "Environment variables in the container.")
    .pairs(&[&CONTAINER_ENV])
    .ctx(Ctx::W6);

static PORTS: Field = field(
    "ports",
    "Ports",
    "Ports to open, each `host:container` or just the container's; a port left out is chosen and told in \
     `job.services.<id>.ports`.",
)
.list(&item("Port").nonempty().ctx(Ctx::W6))
.ctx(Ctx::W6);

static VOLUMES: Field = field(
    "volumes",
    "Volumes",
    "Folders or named volumes to mount, each `source:target`, with absolute paths.",
)
.list(&item("Volume").nonempty().ctx(Ctx::W6))
.ctx(Ctx::W6);

static CREDENTIALS: Field = field(
    "credentials",
    "Registry sign-in",
    "How to sign in to the registry that holds the image. Keep the password in a secret.",
)
.mapping(&[&CREDENTIALS_MAP])
.ctx(Ctx::W8)
.widget(Widget::Credentials);

pub(super) static CONTAINER: Map =
    Map::new("jobs.<job_id>.container", "container", &[IMAGE, CREDENTIALS, ENV, PORTS, VOLUMES, OPTIONS]);

static CONTAINER_ENV: Map = Map::free(
    "jobs.<job_id>.container.env",
    "environment variables of the container",
    &env_value("<name>", Ctx::W14),
);

static CREDENTIALS_MAP: Map = Map::new(
    "jobs.<job_id>.container.credentials",
    "registry sign-in",
    &[
        field("username", "User name", "The user name for the registry.").nonempty().ctx(Ctx::W8),
        field("password", "Password", "The password or token for the registry, from a secret.")
            .nonempty()
            .ctx(Ctx::W8),
    ],
);

pub(super) static SERVICES: Map = Map::free(
    "jobs.<job_id>.services",
    "services",
    &field(
        "<service_id>",
        "Service",
        "A container that runs beside the job, such as a database: the name of its image, or a mapping. The id is its \
         host name when the job itself runs in a container.",
    )
    .nonempty()
    .ctx(Ctx::W6)
    .or_mapping(&[&SERVICE])
    .widget(Widget::Container),
);

static SERVICE: Map = Map::new(
    "jobs.<job_id>.services.<service_id>",
    "service",
    &[
        IMAGE,
        CREDENTIALS,
        ENV,
        PORTS,
        VOLUMES,
        OPTIONS,
        field("entrypoint", "Entry point", "The program to start instead of the image's own.").ctx(Ctx::W6),
        field("command", "Command", "Arguments for the entry point, instead of the image's own.")
            .ctx(Ctx::W6),
    ],
);
