using System.Diagnostics;
using System.Text;
using HostingOps.Engine.Apex.Publishing;
using HostingOps.Engine.Ssh;
using HostingOps.Testing;
using static HostingOps.Engine.Tests.Apex.Publishing.RealShell;

namespace HostingOps.Engine.Tests.Apex.Publishing;

/// <summary>The scripts that run on the redirector, as text and in real shells of this machine.</summary>
public sealed class PublishScriptTests
{
    private static readonly ApexSettings Plain = new() { ElasticIp = "198.51.100.99", Test = ["sudo", "nginx", "-t"], Reload = ["true"] };

    [Fact]
    public void What_is_given_to_the_script_reads_like_this()
    {
        var script = PublishScript.Publish("@0f", "/etc/nginx/it's.conf", "# a\nb $c `d`\n", new RemoteConfig("", [1], null, Busy: false), Plain with { Reload = ["sudo", "x y"] }, TimeSpan.FromSeconds(80));

        Assert.StartsWith(
            """
            hostingops_main() {
            mark='@0f'
            path='/etc/nginx/it'\''s.conf'
            sudo=yes
            expected=4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a expected_undo=absent
            wanted=
            """.ReplaceLineEndings("\n"),
            script,
            StringComparison.Ordinal);
        Assert.Contains(
            """
            test_live() { env 'sudo' 'nginx' '-t'; }
            reload() { env 'sudo' 'x y'; }
            test_candidate() { env 'sudo' 'nginx' -t -p "$scratch/" -c "$scratch/nginx.conf"; }
            write_candidate() { as_owner tee "$candidate" > /dev/null << 'hostingops_0f'
            # a
            b $c `d`
            hostingops_0f
            }
            """.ReplaceLineEndings("\n"),
            script,
            StringComparison.Ordinal);
        Assert.EndsWith("}\nhostingops_main; exit\n", script, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', script);
    }

    [Theory]
    [InlineData(new[] { "sudo", "nginx", "-t" }, true)]
    [InlineData(new[] { "sudo", "-n", "/usr/sbin/nginx", "-t", "-c", "/x" }, true)]
    [InlineData(new[] { "nginx", "-t" }, true)]
    [InlineData(new[] { "docker", "exec", "nginx", "nginx", "-t" }, false)]
    [InlineData(new[] { "sudo" }, false)]
    public void The_candidate_is_tested_where_the_test_is_nginxs(string[] test, bool tested) => Assert.Equal(tested, PublishScript.TestsCandidate(Plain with { Test = test }));

    [Theory]
    [InlineData("-t")]
    [InlineData("A=b")]
    [InlineData("")]
    public void What_env_would_take_for_something_else_is_no_program(string program) =>
        Assert.Equal(ErrorIds.InvalidArgument, Assert.Throws<HostingException>(() => ShellWord.Command([program, "x"])).ErrorId);

    [SkippableFact]
    public void Values_come_out_of_a_real_shell_as_they_went_in()
    {
        Skip.If(OperatingSystem.IsWindows(), "a POSIX shell is needed");
        var random = new System.Random(20260301);
        const string Alphabet = "ab'\"\\$`;&|<>(){}[]*?!#~=% \t\r\n-/üß\u0081\u0088\u6771";
        var some = Enumerable.Range(0, 500).Select(_ => new string(Enumerable.Range(0, random.Next(12)).Select(_ => Alphabet[random.Next(Alphabet.Length)]).ToArray()));
        string[] values = [.. some, "'", "'; touch /tmp/x; '", "$(id)`id`\\", "a\nb\n", "\r", "!!", "ü\u0081\u0088"];
        foreach (var shell in new[] { "sh", "bash" })
        {
            var (_, output) = Run(shell, string.Concat(values.Select(static value => $"printf '%s\\0' {ShellWord.Quote(value)}\n")));
            Assert.Equal(values, output.Split('\0')[..^1]);
        }
    }

    [SkippableTheory]
    [InlineData("sh")]
    [InlineData("bash")]
    public void A_script_that_is_cut_off_anywhere_does_nothing(string shell)
    {
        Skip.If(OperatingSystem.IsWindows(), "a POSIX shell is needed");
        RealPart.Require("flock");
        using var folder = new TemporaryFolder();
        var path = folder.Write("a.conf", "old\n");
        var script = PublishScript.Publish("@0f", path, "new\n", new RemoteConfig(path, "old\n"u8.ToArray(), null, Busy: false), Plain with { Test = ["true"] }, TimeSpan.FromSeconds(30));
        var random = new System.Random(7);
        foreach (var length in Enumerable.Range(0, 30).Select(_ => random.Next(script.Length - 25)).Append(script.Length - "; exit\n".Length - 1))
        {
            Run(shell, script[..length]);
            Assert.Equal("old\n", File.ReadAllText(path));
            Assert.Equal(["a.conf"], Directory.GetFiles(folder.Path).Select(Path.GetFileName));
        }

        Run(shell, script, keep: true);
        Assert.Equal("new\n", File.ReadAllText(path));
    }

    [SkippableTheory]
    [InlineData("sh")]
    [InlineData("bash")]
    public void Hostile_names_are_only_names(string shell)
    {
        Skip.If(OperatingSystem.IsWindows(), "a POSIX shell is needed");
        RealPart.Require("flock");
        using var folder = new TemporaryFolder();
        foreach (var name in new[] { "a b.conf", "it's.conf", "$(touch pwned).conf", "`touch pwned`", "\";touch pwned;\"", "-n", "*", "a\\b", "ä;&|<>.conf" })
        {
            var path = folder.Combine(name);
            var touch = folder.Combine("args");
            var (_, output) = Run(
                shell,
                PublishScript.Publish(
                    "@0f", path, "$(touch pwned)\n", new RemoteConfig(path, null, null, Busy: false), Plain with { Test = ["true"], Reload = ["touch", touch, path] }, TimeSpan.FromSeconds(30)),
                folder.Path,
                keep: true);
            Assert.Contains("@0f kept no", output, StringComparison.Ordinal);
            Assert.Equal("$(touch pwned)\n", File.ReadAllText(path));
            Assert.False(File.Exists(folder.Combine("pwned")));
            File.Delete(path);
            File.Delete(touch);
            Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
        }
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void Where_the_folder_is_not_ours_every_write_goes_through_sudo(bool allowed)
    {
        Skip.If(OperatingSystem.IsWindows(), "a POSIX shell is needed");
        RealPart.Require("flock");
        string[] shell = Environment.IsPrivilegedProcess ? [RealPart.Require("setpriv"), "--reuid=65534", "--regid=65534", "--clear-groups", "sh"] : ["sh"];
        using var folder = new TemporaryFolder();
        var closed = Directory.CreateDirectory(folder.Combine("conf.d")).FullName;

        // Like the real one it can do what the account cannot: the folder is open only while it runs something.
        var sudo = folder.Write("sudo", $"#!/bin/sh\n{(allowed ? "" : "exit 1\n")}[ \"$1\" != -n ] || shift\nchmod u+w '{closed}'\n\"$@\"\ncode=$?\nchmod u-w '{closed}'\nexit $code\n");
        Process.Start("chmod", ["755", sudo, folder.Path]).WaitForExit();
        if (Environment.IsPrivilegedProcess)
        {
            Process.Start("chown", ["65534", closed]).WaitForExit();
        }

        var path = Path.Combine(closed, "a.conf");
        Process.Start("chmod", ["555", closed]).WaitForExit();
        string Publish(string text, string? former, IReadOnlyList<string> reload) => Run(
            shell[0],
            $"PATH='{folder.Path}':$PATH\n" + PublishScript.Publish(
                "@0f", path, text, new RemoteConfig(path, former is null ? null : Encoding.UTF8.GetBytes(former), null, Busy: false), Plain with { Test = ["true"], Reload = reload }, TimeSpan.FromSeconds(30)),
            keep: true,
            arguments: shell[1..]).Output;

        Assert.Equal("@0f fail unwritable " + closed, Publish("new\n", null, ["true"]).Trim());
        if (!allowed)
        {
            Assert.Equal("@0f fail unwritable " + closed, Publish("new\n", null, ["sudo", "true"]).Trim());
            return;
        }

        Assert.Contains("@0f kept no", Publish("new\n", null, ["sudo", "true"]), StringComparison.Ordinal);
        Assert.Contains("@0f rollback done", Publish("bad\n", "new\n", ["sudo", "false"]), StringComparison.Ordinal);
        Assert.Equal("new\n", File.ReadAllText(path));
        Assert.Contains("@0f kept yes", Publish("newer\n", "new\n", ["sudo", "true"]), StringComparison.Ordinal);
        Assert.Equal("newer\n", File.ReadAllText(path));
        Assert.Equal([".a.conf.hostingops-former", "a.conf"], Directory.GetFiles(closed).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }
}
