using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace HostingOps.Aws.Wire;

/// <summary>The SDK's default configuration modes, for a service that has none of its own.</summary>
internal static class ClientDefaults
{
    public static IDefaultConfigurationProvider Provider { get; } = new DefaultConfigurationProvider(
        Enum.GetValues<DefaultConfigurationMode>()
            .Where(static mode => mode != DefaultConfigurationMode.Auto)
            .Select(static mode => (IDefaultConfiguration)new DefaultConfiguration { Name = mode, RetryMode = RequestRetryMode.Standard })
            .ToArray());
}
