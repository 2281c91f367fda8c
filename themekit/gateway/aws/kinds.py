"""The kinds of resources that are made, as CloudFormation and as the AWS provider of Terraform call them."""

from __future__ import annotations

from themekit.gateway.aws.values import Kind

LOG_GROUP = Kind(
    "AWS::Logs::LogGroup",
    "aws_cloudwatch_log_group",
    (("arn", "Arn", "arn"), ("name", "Ref", "name")),
    renamed=(("LogGroupName", "name"),),
)
LOG_METRIC = Kind(
    "AWS::Logs::MetricFilter",
    "aws_cloudwatch_log_metric_filter",
    renamed=(
        ("FilterName", "name"),
        ("FilterPattern", "pattern"),
        ("MetricTransformations", "metric_transformation"),
        ("MetricName", "name"),
        ("MetricNamespace", "namespace"),
        ("MetricValue", "value"),
    ),
)
ALARM = Kind(
    "AWS::CloudWatch::Alarm",
    "aws_cloudwatch_metric_alarm",
    renamed=(("AlarmActions", "alarm_actions"), ("AlarmDescription", "alarm_description")),
)
DASHBOARD = Kind("AWS::CloudWatch::Dashboard", "aws_cloudwatch_dashboard", texts=("DashboardBody",))
ROLE = Kind(
    "AWS::IAM::Role",
    "aws_iam_role",
    (("id", "Ref", "name"), ("arn", "Arn", "arn")),
    renamed=(("AssumeRolePolicyDocument", "assume_role_policy"), ("RoleName", "name")),
    texts=("AssumeRolePolicyDocument",),
)
ROLE_POLICY = Kind(
    "AWS::IAM::RolePolicy",
    "aws_iam_role_policy",
    renamed=(("PolicyName", "name"), ("PolicyDocument", "policy"), ("RoleName", "role")),
    texts=("PolicyDocument",),
)
FUNCTION = Kind(
    "AWS::Lambda::Function",
    "aws_lambda_function",
    (("id", "Ref", "function_name"), ("arn", "Arn", "arn"), ("invoke-arn", "Arn", "invoke_arn")),
)
PERMISSION = Kind("AWS::Lambda::Permission", "aws_lambda_permission")
HTTP_API = Kind("AWS::ApiGatewayV2::Api", "aws_apigatewayv2_api", texts=("Body",))
HTTP_STAGE = Kind("AWS::ApiGatewayV2::Stage", "aws_apigatewayv2_stage", renamed=(("StageName", "name"),))
HTTP_DOMAIN = Kind(
    "AWS::ApiGatewayV2::DomainName",
    "aws_apigatewayv2_domain_name",
    renamed=(("DomainNameConfigurations", "domain_name_configuration"),),
)
HTTP_MAPPING = Kind("AWS::ApiGatewayV2::ApiMapping", "aws_apigatewayv2_api_mapping")
REST_API = Kind("AWS::ApiGateway::RestApi", "aws_api_gateway_rest_api", texts=("Body",))
REST_DEPLOYMENT = Kind("AWS::ApiGateway::Deployment", "aws_api_gateway_deployment")
REST_STAGE = Kind(
    "AWS::ApiGateway::Stage",
    "aws_api_gateway_stage",
    (("id", "Ref", "stage_name"),),
    renamed=(("AccessLogSetting", "access_log_settings"), ("TracingEnabled", "xray_tracing_enabled")),
)
REST_DOMAIN = Kind("AWS::ApiGateway::DomainName", "aws_api_gateway_domain_name")
REST_MAPPING = Kind(
    "AWS::ApiGateway::BasePathMapping",
    "aws_api_gateway_base_path_mapping",
    renamed=(("RestApiId", "api_id"), ("Stage", "stage_name")),
)
API_KEY = Kind("AWS::ApiGateway::ApiKey", "aws_api_gateway_api_key")
USAGE_PLAN = Kind("AWS::ApiGateway::UsagePlan", "aws_api_gateway_usage_plan", renamed=(("UsagePlanName", "name"),))
USAGE_PLAN_KEY = Kind("AWS::ApiGateway::UsagePlanKey", "aws_api_gateway_usage_plan_key")
METHOD_SETTINGS = "aws_api_gateway_method_settings"
IP_SET = Kind(
    "AWS::WAFv2::IPSet",
    "aws_wafv2_ip_set",
    (("arn", "Arn", "arn"),),
    renamed=(("IPAddressVersion", "ip_address_version"),),
)
WEB_ACL = Kind(
    "AWS::WAFv2::WebACL",
    "aws_wafv2_web_acl",
    (("arn", "Arn", "arn"), ("id", "Id", "id")),
    renamed=(
        ("Rules", "rule"),
        ("Statements", "statement"),
        ("TextTransformations", "text_transformation"),
        ("IPSetReferenceStatement", "ip_set_reference_statement"),
        ("CloudWatchMetricsEnabled", "cloudwatch_metrics_enabled"),
        ("SearchString", "search_string"),
        ("API_GATEWAY", "api_gateway"),
    ),
)
WEB_ACL_ASSOCIATION = Kind(
    "AWS::WAFv2::WebACLAssociation", "aws_wafv2_web_acl_association", renamed=(("WebACLArn", "web_acl_arn"),)
)
