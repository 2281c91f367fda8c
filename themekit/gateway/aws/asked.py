"""What only whoever deploys can say: parameters of the template, and variables of the configuration.

A secret's value is never in a file. Its reference is, in the description of what it is to be brought into.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.gateway.aws.access import has_certificates
from themekit.gateway.aws.values import Parameter
from themekit.model.policy import Guarded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.model.policy import Policy, Secret

ALARMS = Parameter("AlarmTopicArn", "ARN of the SNS topic that alarms are sent to")
PRIVATE = (
    Parameter("VpcLinkId", "Id of the VPC link to the API"),
    Parameter("ListenerArn", "ARN of the load balancer's listener, or of the Cloud Map service, behind the link"),
)
_CERTIFICATE = "ARN of the certificate in AWS Certificate Manager for the domain names"
_TRUSTSTORE = "Address of the authority's certificate in S3, as in s3://bucket/authority.pem"


def of_domains(policy: Policy) -> Iterator[Parameter]:
    """The certificate of the domain names, and the authority of those that callers show."""
    tls = policy.listen.tls
    imported = f": {_named(tls.certificate)}, imported with the key {_named(tls.key)}" if tls else ""
    yield Parameter("CertificateArn", f"{_CERTIFICATE}{imported}")
    if has_certificates(policy):
        used = {
            name for each in policy.operations if isinstance(each.access, Guarded) for name in each.access.certificates
        }
        named = dict.fromkeys(_named(each.authority) for each in policy.certificates if each.name in used)
        yield Parameter("TruststoreUri", f"{_TRUSTSTORE}: {', '.join(named)}")


def of_key(consumer: str, secret: Secret, *, variable: str) -> Parameter:
    """The key of one consumer. CloudFormation looks up by itself what stands in AWS Secrets Manager."""
    return Parameter(
        variable,
        f"API key of the consumer `{consumer}`, at least 20 characters: {_named(secret)}",
        is_secret=True,
        only="terraform" if secret.store == "aws-sm" else "",
    )


def _named(secret: Secret) -> str:
    return f"`{secret.store}:{secret.name}{f'#{secret.key}' if secret.key else ''}`"
