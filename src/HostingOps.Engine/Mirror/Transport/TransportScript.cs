using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using HostingOps.Engine.Ssh;

namespace HostingOps.Engine.Mirror.Transport;

/// <summary>
/// The shell scripts that run on the secondary host. Pure. All of a script is one function that its last line calls, so that a shell
/// which gets only a part of it runs nothing.
/// </summary>
internal static class TransportScript
{
    private static readonly string Common = Resource("common.sh");
    private static readonly string PrepareBody = Resource("prepare.sh");
    private static readonly string FinishBody = Resource("finish.sh");

    /// <summary>Says what is there, and makes the folders.</summary>
    public static string Prepare(string mark, string siteFolder, string id) => Script(Given(mark, siteFolder, id), PrepareBody);

    /// <summary>Verifies what came, makes it current, has the server load it, and removes the oldest.</summary>
    public static string Finish(string mark, string siteFolder, string id, SentFiles files, MirrorSettings settings, TimeSpan patience)
    {
        var delimiter = "hostingops_" + mark.TrimStart('@');
        var given = Given(mark, siteFolder, id)
            .Append(CultureInfo.InvariantCulture, $"count={files.Digests.Count} keep={Math.Max(1, settings.Keep)} patience={Math.Max(1, (int)patience.TotalSeconds)}\n")
            .Append(CultureInfo.InvariantCulture, $"reload() {{ {(settings.Reload.Count == 0 ? ":" : "timeout -k 5 \"$patience\" " + ShellWord.Command(settings.Reload))}; }}\n")
            .Append(CultureInfo.InvariantCulture, $"write_list() {{ cat << '{delimiter}'\n{files.CheckList()}{delimiter}\n}}\n");
        return Script(given, FinishBody);
    }

    /// <summary>What begins the lines of one session; nobody else can know it.</summary>
    public static string NewMark() => "@" + Convert.ToHexString(RandomNumberGenerator.GetBytes(16)).ToLowerInvariant();

    private static StringBuilder Given(string mark, string siteFolder, string id) => new StringBuilder()
        .Append("hostingops_main() {\n")
        .Append(CultureInfo.InvariantCulture, $"mark={ShellWord.Quote(mark)} site={ShellWord.Quote(siteFolder)} id={ShellWord.Quote(id)}\n");

    private static string Script(StringBuilder given, string body) => given.Append(Common).Append('\n').Append(body).Append("}\nhostingops_main; exit\n").ToString();

    private static string Resource(string name)
    {
        using var stream = typeof(TransportScript).Assembly.GetManifestResourceStream("HostingOps.Engine.Mirror.Transport." + name)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
