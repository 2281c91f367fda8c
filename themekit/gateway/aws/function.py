"""The Lambda function of the authorizer: it may write its log, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.gateway.aws.kinds import FUNCTION, LOG_GROUP, PERMISSION, ROLE, ROLE_POLICY
from themekit.gateway.aws.observed import RETENTION_DAYS
from themekit.gateway.aws.values import Attribute, Embedded, Packed, Parameter, Place, Resource, Text, Variable, joined

if TYPE_CHECKING:
    from themekit.gateway.aws.values import Members
    from themekit.model.policy import Policy

RUNTIME = "python3.13"
TIMEOUT_S = 8
"""Longer than it waits for keys, and shorter than the 10 s that API Gateway waits for it."""
MEMORY_MB = 512
PARAMETERS = (
    Parameter("AuthorizerBucket", "Name of the S3 bucket with the packed folder `authorizer`", only="cloudformation"),
    Parameter("AuthorizerKey", "Key of the packed folder in that bucket", only="cloudformation"),
)
"""Terraform packs the folder itself, so nobody has to say there where it was uploaded."""


def function(policy: Policy) -> tuple[Resource, ...]:
    """The function, its log, and its role."""
    name = f"{policy.name}-api-authorizer"
    trust: Members = {
        "Version": "2012-10-17",
        "Statement": [
            {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}
        ],
    }
    writing: Members = {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
                "Resource": joined(Attribute("AuthorizerLog", "arn"), ":*"),
            }
        ],
    }
    return (
        Resource(
            "AuthorizerLog",
            LOG_GROUP,
            {"LogGroupName": f"/aws/lambda/{name}", "RetentionInDays": RETENTION_DAYS},
        ),
        Resource("AuthorizerRole", ROLE, {"AssumeRolePolicyDocument": Embedded(trust)}),
        Resource(
            "AuthorizerRolePolicy",
            ROLE_POLICY,
            {
                "PolicyName": "write-log",
                "RoleName": Attribute("AuthorizerRole"),
                "PolicyDocument": Embedded(writing),
            },
        ),
        Resource(
            "Authorizer",
            FUNCTION,
            {
                "FunctionName": name,
                "Description": "Says whether whoever calls the API may call",
                "Role": Attribute("AuthorizerRole", "arn"),
                "Runtime": RUNTIME,
                "Architectures": ["arm64"],
                "Handler": "authorizer.handler",
                "Timeout": TIMEOUT_S,
                "MemorySize": MEMORY_MB,
                "Code": {"S3Bucket": Variable("AuthorizerBucket"), "S3Key": Variable("AuthorizerKey")},
            },
            after=("AuthorizerLog", "AuthorizerRolePolicy"),
            only_terraform={
                "filename": Packed("output_path"),
                "source_code_hash": Packed("output_base64sha256"),
            },
            dropped=("Code",),
        ),
    )


def invoked() -> Text:
    """The address at which API Gateway calls the function."""
    start = ("arn:", Place("partition"), ":apigateway:", Place("region"), ":lambda:path/2015-03-31/functions/")
    return joined(*start, Attribute("Authorizer", "arn"), "/invocations")


def permission() -> Resource:
    """The authorizers of this API may call the function, and nobody else."""
    start = ("arn:", Place("partition"), ":execute-api:", Place("region"), ":", Place("account"), ":")
    return Resource(
        "AuthorizerPermission",
        PERMISSION,
        {
            "Action": "lambda:InvokeFunction",
            "FunctionName": Attribute("Authorizer"),
            "Principal": "apigateway.amazonaws.com",
            "SourceArn": joined(*start, Attribute("Api"), "/authorizers/*"),
        },
    )
