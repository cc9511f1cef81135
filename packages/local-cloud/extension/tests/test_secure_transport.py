"""A policy that denies whatever is not TLS does not deny what stays on this machine."""

from __future__ import annotations

import json

from cloud import Cloud


def test_lets_cloudfront_read_a_bucket_that_demands_tls(cloud: Cloud, name: str) -> None:
    s3, cloudfront = cloud.client("s3"), cloud.client("cloudfront")
    bucket = name[:40].strip("-")
    s3.create_bucket(Bucket=bucket)
    s3.put_object(Bucket=bucket, Key="hello.txt", Body=b"hello")
    control = cloudfront.create_origin_access_control(OriginAccessControlConfig={
        "Name": bucket, "SigningProtocol": "sigv4", "SigningBehavior": "always", "OriginAccessControlOriginType": "s3",
    })["OriginAccessControl"]["Id"]
    distribution = cloudfront.create_distribution(DistributionConfig={
        "CallerReference": bucket, "Comment": "", "Enabled": True,
        "Origins": {"Quantity": 1, "Items": [{
            "Id": "site", "DomainName": f"{bucket}.s3.us-east-1.amazonaws.com", "OriginAccessControlId": control,
            "S3OriginConfig": {"OriginAccessIdentity": ""},
        }]},
        "DefaultCacheBehavior": {
            "TargetOriginId": "site", "ViewerProtocolPolicy": "allow-all",
            "CachePolicyId": "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
        },
    })["Distribution"]
    objects = f"arn:aws:s3:::{bucket}/*"
    s3.put_bucket_policy(Bucket=bucket, Policy=json.dumps({"Version": "2012-10-17", "Statement": [
        {"Effect": "Deny", "Principal": {"AWS": "*"}, "Action": "s3:*", "Resource": objects,
         "Condition": {"Bool": {"aws:SecureTransport": "false"}}},
        {"Effect": "Allow", "Principal": {"Service": "cloudfront.amazonaws.com"}, "Action": "s3:GetObject",
         "Resource": objects, "Condition": {"StringEquals": {"AWS:SourceArn": distribution["ARN"]}}},
    ]}))
    answer = cloud.get("/hello.txt", host=distribution["DomainName"])
    assert (answer.status, answer.body) == (200, b"hello")
