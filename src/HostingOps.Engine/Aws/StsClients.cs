using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using Amazon.SecurityToken;

namespace HostingOps.Engine.Aws;

/// <summary>Makes clients of the token service, which live for one call. AWS_ENDPOINT_URL_STS is heeded by the SDK itself.</summary>
internal static class StsClients
{
    public static AmazonSecurityTokenServiceClient Create(AWSCredentials credentials, string region, AwsHttpClientFactory http) => new(
        credentials,
        new AmazonSecurityTokenServiceConfig
        {
            RegionEndpoint = RegionEndpoint.GetBySystemName(region),
            AuthenticationRegion = region,
            RetryMode = RequestRetryMode.Standard,
            MaxErrorRetry = 2,
            HttpClientFactory = http,
            DisableLogging = true,
        });

    public static string Region(AwsEnvironment environment, CredentialProfile? profile) =>
        profile?.Region?.SystemName ?? environment.Region ?? "us-east-1";
}
