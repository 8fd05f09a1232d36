using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using HostingOps.Engine.Apex.Recovery;
using HostingOps.Testing;
using YamlDotNet.Serialization;

namespace HostingOps.Engine.Tests.Apex.Recovery;

public sealed class RecoveryUserDataTests
{
    private const string Path = "/etc/nginx/conf.d/hostingops-apex.conf";

    [Theory]
    [InlineData("plain")]
    [InlineData("it's \"quoted\" \\ and $(reboot) `id` ; rm -rf / #")]
    [InlineData("\n- evil\n}\n\"runcmd\": [\"reboot\"]\n")]
    [InlineData("tab\tnul\0 bell\a del\u007f nel\u0085 ls\u2028 ü 日 😀")]
    public void Values_stay_values(string value)
    {
        IReadOnlyList<IReadOnlyList<string>> setup = [["run", value], [value]];
        var read = Read(RecoveryUserData.Text(value, Path, setup));
        var files = (List<object>)read["write_files"];
        Assert.Equal(2, files.Count);
        Assert.Equal(value, ((Dictionary<object, object>)files[0])["content"]);
        var commands = ((List<object>)read["runcmd"]).Select(static command => ((List<object>)command).Cast<string>()).ToList();
        Assert.Equal([["run", value], [value], ["sh", RecoveryUserData.ScriptPath]], commands);
        Assert.Equal(2, read.Count);
    }

    [Fact]
    public void The_bytes_are_the_same_each_time_and_unpack_to_the_text()
    {
        var packed = RecoveryUserData.Create("server {}\n", Path, []);
        Assert.Equal(packed, RecoveryUserData.Create("server {}\n", Path, []));
        using var unpacking = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var reader = new StreamReader(unpacking, Encoding.ASCII);
        var text = reader.ReadToEnd();
        Assert.Equal(RecoveryUserData.Text("server {}\n", Path, []), text);
        Assert.StartsWith("#cloud-config\n", text, StringComparison.Ordinal);
        Assert.Single((List<object>)Read(RecoveryUserData.Text(null, Path, []))["write_files"]);
    }

    [SkippableFact]
    public async Task The_script_is_one_that_a_shell_reads()
    {
        Skip.If(OperatingSystem.IsWindows(), "There is no sh.");
        var files = (List<object>)Read(RecoveryUserData.Text(null, Path, []))["write_files"];
        using var folder = new TemporaryFolder();
        var script = folder.Combine("redirector.sh");
        await File.WriteAllTextAsync(script, (string)((Dictionary<object, object>)files[0])["content"]);
        using var shell = Process.Start("sh", ["-n", script]);
        await shell.WaitForExitAsync();
        Assert.Equal(0, shell.ExitCode);
    }

    private static Dictionary<string, object> Read(string text) => new DeserializerBuilder().Build().Deserialize<Dictionary<string, object>>(text);
}
