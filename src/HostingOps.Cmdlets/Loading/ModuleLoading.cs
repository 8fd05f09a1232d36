using System.Management.Automation;
using HostingOps.Cmdlets.Commands.Runbooks;

namespace HostingOps.Cmdlets.Loading;

/// <summary>Run by PowerShell when the module is imported and removed. Does no I/O and makes no client.</summary>
public sealed class ModuleLoading : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    // One per process and never replaced: a second private context would be a second set of types.
    private static readonly DependencyResolver Resolver = new(
        Path.Combine(Path.GetDirectoryName(typeof(ModuleLoading).Assembly.Location)!, "dependencies"));

    /// <inheritdoc/>
    public void OnImport() => Resolver.Attach();

    /// <inheritdoc/>
    public void OnRemove(PSModuleInfo psModuleInfo)
    {
        try
        {
            SandboxRegister.StopAll(psModuleInfo);
        }
        finally
        {
            Resolver.Detach();
        }
    }
}
