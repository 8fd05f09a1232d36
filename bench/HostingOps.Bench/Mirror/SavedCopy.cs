using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace HostingOps.Bench.Mirror;

/// <summary>What a tool left on disk, read by the marks within the files.</summary>
internal static partial class SavedCopy
{
    /// <summary>How many of the pages and assets are in no file.</summary>
    public static (int Pages, int Assets) Missed(string folder, BenchSite site)
    {
        var marks = Files(folder).SelectMany(static path => Marks().Matches(Read(path)).Select(static match => match.Value)).ToHashSet();
        return (site.Pages.Count(url => !marks.Contains(BenchSite.Mark(url))), site.Assets.Count(url => !marks.Contains(BenchSite.Mark(url))));
    }

    /// <summary>The content of every file of the copy by its path, without logs and the tools' own books.</summary>
    public static IReadOnlyDictionary<string, string> State(string folder) => Files(folder)
        .ToDictionary(path => Path.GetRelativePath(folder, path), static path => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))));

    /// <summary>Pages of another edition than the first: what an interrupted run has mixed in.</summary>
    public static int NewPages(string folder) => Files(folder).Count(static path => Read(path).Contains("edition-2.", StringComparison.Ordinal));

    private static IEnumerable<string> Files(string folder) => Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None })
        .Where(static path => !path.Contains("hts-", StringComparison.Ordinal));

    private static string Read(string path)
    {
        var bytes = File.ReadAllBytes(path);
        if (bytes is [0x1F, 0x8B, ..])
        {
            using var plain = new MemoryStream();
            using var gzip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
            gzip.CopyTo(plain);
            bytes = plain.ToArray();
        }

        return Encoding.Latin1.GetString(bytes);
    }

    [GeneratedRegex("mark-[0-9a-f]{16}")]
    private static partial Regex Marks();
}
