namespace HostingOps.Engine.Failover.Hooks;

/// <summary>Hooks as people may see them.</summary>
public static class HookText
{
    /// <summary>The hook's stage and command line, without the values of environment variables that hold secrets.</summary>
    public static string Of(PlannedHook hook)
    {
        ArgumentNullException.ThrowIfNull(hook);
        return Mask(hook.ToString());
    }

    /// <summary>A command line without the values of environment variables that hold secrets.</summary>
    public static string Mask(string commandLine) =>
        new SecretMask(SecretMask.CurrentEnvironmentWith(new Dictionary<string, string>())).Hide(commandLine);
}
