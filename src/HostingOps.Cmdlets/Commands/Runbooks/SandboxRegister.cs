using System.Collections;
using System.Management.Automation;

namespace HostingOps.Cmdlets.Commands.Runbooks;

/// <summary>
/// The sandboxes started in one runspace, kept in the imported module's PrivateData: each runspace has its own, and
/// they end with the module.
/// </summary>
internal static class SandboxRegister
{
    private const string Key = "Sandboxes";

    /// <summary>Remembers a sandbox.</summary>
    public static void Add(PSModuleInfo? module, HostingSandbox sandbox)
    {
        if (ListOf(module, create: true) is { } list)
        {
            list.Add(sandbox);
        }
    }

    /// <summary>Forgets a sandbox.</summary>
    public static void Remove(PSModuleInfo? module, HostingSandbox sandbox) => ListOf(module, create: false)?.Remove(sandbox);

    /// <summary>The sandboxes that are remembered.</summary>
    public static IReadOnlyList<HostingSandbox> All(PSModuleInfo? module) => ListOf(module, create: false)?.ToList() ?? [];

    /// <summary>Stops them all, when the module goes.</summary>
    public static void StopAll(PSModuleInfo? module)
    {
        foreach (var sandbox in All(module))
        {
            sandbox.Dispose();
            Remove(module, sandbox);
        }
    }

    private static List<HostingSandbox>? ListOf(PSModuleInfo? module, bool create)
    {
        if (module?.PrivateData is not Hashtable data)
        {
            return null;
        }

        if (data[Key] is not List<HostingSandbox> list)
        {
            if (!create)
            {
                return null;
            }

            list = [];
            data[Key] = list;
        }

        return list;
    }
}
