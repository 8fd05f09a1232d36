using HostingOps.Cmdlets.Loading;

namespace HostingOps.Cmdlets.Tests.Loading;

public sealed class NativeLibraryFolderTests
{
    [Fact]
    public void The_library_of_this_machine_is_in_the_module()
    {
        var candidates = new NativeLibraryFolder(Path.Combine(ModuleFolder.Dependencies, "runtimes")).Candidates("e_sqlite3");

        Assert.Contains(candidates, File.Exists);
    }

    [Fact]
    public void No_candidate_is_for_another_processor()
    {
        var architecture = System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();

        Assert.All(new NativeLibraryFolder("r").Candidates("e_sqlite3"), path => Assert.Contains("-" + architecture + Path.DirectorySeparatorChar, path, StringComparison.Ordinal));
    }
}
