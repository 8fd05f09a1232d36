namespace HostingOps.Engine.Failover.Hooks;

/// <summary>Hooks as people may see them.</summary>
public static class HookText
{
    /// <summary>The hook's stage and command line, without the values of environment variables that hold secrets.</summary>
    public static string Of(PlannedHook hook)
    {
        ArgumentNullException.ThrowIfNull(hook);
        return new SecretMask(SecretMask.CurrentEnvironmentWith(new Dictionary<string, string>())).Hide(hook.ToString());
    }
}
