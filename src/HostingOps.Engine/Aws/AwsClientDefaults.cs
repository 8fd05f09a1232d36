using Amazon;
using Amazon.Runtime;

namespace HostingOps.Engine.Aws;

/// <summary>What every client of ours is configured with.</summary>
internal static class AwsClientDefaults
{
    public static void Apply(ClientConfig config, AwsHttpClientFactory http, Uri? endpoint, string region)
    {
        if (endpoint is null)
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        }
        else
        {
            config.ServiceURL = endpoint.AbsoluteUri;
        }

        // Adaptive mode, which the user's environment may ask for, does not refill its bucket while it waits.
        config.RetryMode = RequestRetryMode.Standard;
        config.MaxErrorRetry = AwsRetryPolicy.MostThrottlingRetries;
        config.MaxStaleConnectionRetries = 0;
        config.HttpClientFactory = http;
        config.DisableLogging = true;
    }
}
