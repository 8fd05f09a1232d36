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

    /// <summary>Remembers a sandbox, and what stops it when the shell ends.</summary>
    public static void Add(PSModuleInfo? module, HostingSandbox sandbox, SandboxExit exit)
    {
        if (ListOf(module, create: true) is { } list)
        {
            list.Add((sandbox, exit));
        }
    }

    /// <summary>Forgets a sandbox that was stopped.</summary>
    public static void Remove(PSModuleInfo? module, HostingSandbox sandbox)
    {
        if (ListOf(module, create: false) is { } list && list.FindIndex(entry => entry.Sandbox == sandbox) is var index and >= 0)
        {
            list[index].Exit.Dispose();
            list.RemoveAt(index);
        }
    }

    /// <summary>The sandboxes that are remembered.</summary>
    public static IReadOnlyList<HostingSandbox> All(PSModuleInfo? module) =>
        ListOf(module, create: false)?.Select(static entry => entry.Sandbox).ToList() ?? [];

    /// <summary>Stops them all, when the module goes.</summary>
    public static void StopAll(PSModuleInfo? module)
    {
        foreach (var sandbox in All(module))
        {
            sandbox.Dispose();
            Remove(module, sandbox);
        }
    }

    private static List<(HostingSandbox Sandbox, SandboxExit Exit)>? ListOf(PSModuleInfo? module, bool create)
    {
        if (module?.PrivateData is not Hashtable data)
        {
            return null;
        }

        if (data[Key] is not List<(HostingSandbox Sandbox, SandboxExit Exit)> list)
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
