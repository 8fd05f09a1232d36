using Amazon.RuntimeDependencies;

namespace HostingOps.Engine.Aws;

/// <summary>
/// Tells our copy of the SDK's core who speaks with SSO. It would otherwise look for the SDK's own SSO assemblies by name
/// across the whole process, and might find another module's, built against another copy of the core. We do not bring those
/// assemblies either: another module's core would find ours.
/// </summary>
internal static class SsoClients
{
    private static readonly bool Registered = RegisterOnce();

    public static void Register() => _ = Registered;

    private static bool RegisterOnce()
    {
        GlobalRuntimeDependencyRegistry.Instance.RegisterSSOClient(static context =>
            new SsoPortal(new SsoHttp("AWS_ENDPOINT_URL_SSO", "portal.sso", context.SSOClientContextData.Region.SystemName)));
        GlobalRuntimeDependencyRegistry.Instance.RegisterSSOOIDCClient(static context =>
            new SsoTokens(new SsoHttp("AWS_ENDPOINT_URL_SSO_OIDC", "oidc", context.SSOOIDCClientContextData.Region.SystemName)));
        return true;
    }
}
