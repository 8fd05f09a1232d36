using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using HostingOps.Engine.Ssh;

namespace HostingOps.Engine.Apex.Publishing;

/// <summary>
/// The shell scripts that run on the redirector. Pure. All of a script is one function that its last line calls, so that a
/// shell which gets only a part of it runs nothing.
/// </summary>
internal static class PublishScript
{
    /// <summary>Files over this are not read.</summary>
    public const int LargestFile = 16 * 1024 * 1024;

    private static readonly string Common = Resource("common.sh");
    private static readonly string ReadBody = Resource("read.sh");
    private static readonly string PublishBody = Resource("publish.sh");

    /// <summary>Reads the configuration that is there.</summary>
    /// <param name="mark">What begins each line of the answer; nobody else can know it.</param>
    /// <param name="path">The configuration file.</param>
    /// <param name="settings">The redirector's commands.</param>
    public static string Read(string mark, string path, ApexSettings settings) =>
        Script(Given(mark, path, settings).Append(CultureInfo.InvariantCulture, $"limit={LargestFile}\n"), ReadBody);

    /// <summary>Publishes a configuration, and takes it back unless it is told to keep it.</summary>
    /// <param name="mark">As for <see cref="Read"/>; the verdict begins with it too.</param>
    /// <param name="path">The configuration file.</param>
    /// <param name="text">The configuration.</param>
    /// <param name="seen">What the plan saw there.</param>
    /// <param name="settings">The redirector's commands.</param>
    /// <param name="patience">How long the script waits for the verdict.</param>
    public static string Publish(string mark, string path, string text, RemoteConfig seen, ApexSettings settings, TimeSpan patience)
    {
        var delimiter = "hostingops_" + mark.TrimStart('@');
        if (!text.EndsWith('\n') || text.Contains('\0', StringComparison.Ordinal) || text.Contains(delimiter, StringComparison.Ordinal))
        {
            throw new HostingException(
                ErrorIds.ApexRedirectInvalid, HostingErrorCategory.InvalidData, path, "The configuration is no text of whole lines.", "Make it with New-ApexRedirectConfig.");
        }

        var given = Given(mark, path, settings)
            .Append(CultureInfo.InvariantCulture, $"expected={Digest(seen.File)} expected_undo={Digest(seen.Undo)}\n")
            .Append(CultureInfo.InvariantCulture, $"wanted={Digest(Encoding.UTF8.GetBytes(text))} patience={(int)patience.TotalSeconds}\n")
            .Append(CultureInfo.InvariantCulture, $"test_live() {{ {ShellWord.Command(settings.Test)}; }}\n")
            .Append(CultureInfo.InvariantCulture, $"reload() {{ {ShellWord.Command(settings.Reload)}; }}\n")
            .Append(CultureInfo.InvariantCulture, $"test_candidate() {{ {CandidateTest(settings.Test) ?? ":"}; }}\n")
            .Append(CultureInfo.InvariantCulture, $"write_candidate() {{ as_owner tee \"$candidate\" > /dev/null << '{delimiter}'\n{text}{delimiter}\n}}\n");
        return Script(given, PublishBody);
    }

    /// <summary>Whether the inventory's test is nginx's, so that the candidate can be tested before it is in its place.</summary>
    public static bool TestsCandidate(ApexSettings settings) => CandidateTest(settings.Test) is not null;

    /// <summary>SHA-256 of a file, or <c>absent</c>.</summary>
    public static string Digest(byte[]? file) => file is null ? "absent" : Convert.ToHexString(SHA256.HashData(file)).ToLowerInvariant();

    private static string? CandidateTest(IReadOnlyList<string> test)
    {
        var at = test is ["sudo", "-n", ..] ? 2 : test is ["sudo", ..] ? 1 : 0;
        return test.Count > at && test[at].Split('/')[^1] == "nginx"
            ? ShellWord.Command(test.Take(at + 1).ToList()) + " -t -p \"$scratch/\" -c \"$scratch/nginx.conf\""
            : null;
    }

    private static StringBuilder Given(string mark, string path, ApexSettings settings) => new StringBuilder()
        .Append("hostingops_main() {\n")
        .Append(CultureInfo.InvariantCulture, $"mark={ShellWord.Quote(mark)}\n")
        .Append(CultureInfo.InvariantCulture, $"path={ShellWord.Quote(path)}\n")
        .Append(settings.Reload is ["sudo", ..] ? "sudo=yes\n" : "sudo=no\n");

    private static string Script(StringBuilder given, string body) =>
        given.Append(Common).Append('\n').Append(body).Append("}\nhostingops_main; exit\n").ToString();

    private static string Resource(string name)
    {
        using var stream = typeof(PublishScript).Assembly.GetManifestResourceStream("HostingOps.Engine.Apex.Publishing." + name)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
