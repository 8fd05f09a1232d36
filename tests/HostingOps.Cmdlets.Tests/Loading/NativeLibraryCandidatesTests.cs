using HostingOps.Cmdlets.Loading;

namespace HostingOps.Cmdlets.Tests.Loading;

public sealed class NativeLibraryCandidatesTests
{
    private readonly string[] candidates = new NativeLibraryFolder("r").Candidates("e_sqlite3").ToArray();

    [Fact]
    public void The_plain_name_comes_before_the_platforms_own_spelling()
    {
        var names = candidates.Select(static path => Path.GetFileName(path)!).Distinct();

        var spelled = OperatingSystem.IsWindows() ? ["e_sqlite3.dll"]
            : OperatingSystem.IsMacOS() ? new[] { "e_sqlite3.dylib", "libe_sqlite3.dylib" }
            : ["e_sqlite3.so", "libe_sqlite3.so"];
        Assert.Equal(spelled.Prepend("e_sqlite3"), names);
    }

    [Fact]
    public void Each_lies_in_the_folder_of_a_platform_below_the_root()
    {
        var system = OperatingSystem.IsWindows() ? "win-" : OperatingSystem.IsMacOS() ? "osx-" : "linux-";

        Assert.All(candidates, path =>
        {
            var parts = path.Split(Path.DirectorySeparatorChar);
            Assert.Equal(("r", "native"), (parts[0], parts[2]));
            Assert.StartsWith(system, parts[1], StringComparison.Ordinal);
        });
    }

    [Fact]
    public void A_name_that_has_the_extension_already_is_tried_as_it_is() =>
        Assert.Contains(new NativeLibraryFolder("r").Candidates("libe_sqlite3.so"), static path => path.EndsWith(Path.Combine("native", "libe_sqlite3.so"), StringComparison.Ordinal));
}
