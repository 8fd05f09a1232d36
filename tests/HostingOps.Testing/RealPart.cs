using Xunit;

namespace HostingOps.Testing;

/// <summary>A real program that some tests need: found on PATH, or the test is skipped with the reason; HOSTINGOPS_REQUIRE turns the skip into a failure.</summary>
public static class RealPart
{
    /// <summary>The program's full path.</summary>
    /// <exception cref="SkipException">It is not there and HOSTINGOPS_REQUIRE does not name it.</exception>
    public static string Require(string program)
    {
        var path = Find(program);
        if (path is not null)
        {
            return path;
        }

        var required = (Environment.GetEnvironmentVariable("HOSTINGOPS_REQUIRE") ?? "")
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.False(
            required.Contains(program, StringComparer.OrdinalIgnoreCase),
            $"'{program}' is not on PATH, and HOSTINGOPS_REQUIRE asks for it.");
        throw new SkipException($"'{program}' is not on PATH.");
    }

    /// <summary>The program's full path, or null.</summary>
    public static string? Find(string program)
    {
        // Debian keeps servers in sbin, which a plain user's PATH may lack.
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Append("/usr/sbin").Append("/sbin");
        var names = OperatingSystem.IsWindows() ? new[] { program + ".exe", program + ".cmd" } : [program];
        return folders.SelectMany(folder => names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
    }
}
