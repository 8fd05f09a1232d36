using Amazon.Runtime;
using Amazon.RuntimeDependencies;
using Amazon.SSO;
using Amazon.SSOOIDC;

namespace HostingOps.Engine.Aws;

/// <summary>
/// Tells our copy of the SDK's core which SSO clients to use. It would otherwise look for their assemblies by name across the
/// whole process, and might find another module's, built against another copy of the core.
/// </summary>
internal static class SsoClients
{
    private static readonly bool Registered = RegisterOnce();

    public static void Register() => _ = Registered;

    private static bool RegisterOnce()
    {
        GlobalRuntimeDependencyRegistry.Instance.RegisterSSOClient(static context =>
            new AmazonSSOClient(new AnonymousAWSCredentials(), new AmazonSSOConfig { RegionEndpoint = context.SSOClientContextData.Region }));
        GlobalRuntimeDependencyRegistry.Instance.RegisterSSOOIDCClient(static context =>
            new AmazonSSOOIDCClient(new AnonymousAWSCredentials(), new AmazonSSOOIDCConfig { RegionEndpoint = context.SSOOIDCClientContextData.Region }));
        return true;
    }
}
