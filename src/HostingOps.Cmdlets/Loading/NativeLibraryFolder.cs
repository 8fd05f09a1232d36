using System.Runtime.InteropServices;

namespace HostingOps.Cmdlets.Loading;

/// <summary>Where a native library lies under <c>runtimes/&lt;rid&gt;/native</c> for this machine.</summary>
internal sealed class NativeLibraryFolder(string root)
{
    /// <summary>The files to try, best first; none needs to exist.</summary>
    /// <param name="library">The name as asked for, with or without prefix and extension: <c>e_sqlite3</c>.</param>
    public IEnumerable<string> Candidates(string library) =>
        from rid in RuntimeIdentifiers()
        from file in FileNames(library)
        select Path.Combine(root, rid, "native", file);

    /// <summary>The platforms, this machine's or not, that the library is there for; empty when it is none of the module's.</summary>
    public IReadOnlyList<string> Platforms(string library) => Directory.Exists(root)
        ? Directory.GetFiles(root, $"*{library}*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(root, path).Split(Path.DirectorySeparatorChar)[0])
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .ToList()
        : [];

    private static IEnumerable<string> RuntimeIdentifiers()
    {
        var architecture = RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();
        if (OperatingSystem.IsWindows())
        {
            return ["win-" + architecture];
        }

        if (OperatingSystem.IsMacOS())
        {
            return ["osx-" + architecture];
        }

        // A library for the other C library can't be loaded, so the order decides.
        return IsMusl()
            ? ["linux-musl-" + architecture, "linux-" + architecture]
            : ["linux-" + architecture];
    }

    private static bool IsMusl() =>
        RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal)
        || RuntimeInformation.RuntimeIdentifier.StartsWith("alpine", StringComparison.Ordinal);

    private static IEnumerable<string> FileNames(string library)
    {
        yield return library;
        if (OperatingSystem.IsWindows())
        {
            yield return library + ".dll";
        }
        else
        {
            var extension = OperatingSystem.IsMacOS() ? ".dylib" : ".so";
            yield return library + extension;
            yield return "lib" + library + extension;
        }
    }
}
