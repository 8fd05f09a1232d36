using HostingOps.Testing;

namespace HostingOps.Cmdlets.Tests.Loading;

/// <summary>The module as the build assembled it.</summary>
internal static class ModuleFolder
{
    public static string Path { get; } = RepositoryRoot.Combine("out", "HostingOps");

    public static string Dependencies { get; } = Combine("bin", "dependencies");

    public static string Combine(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);
}
