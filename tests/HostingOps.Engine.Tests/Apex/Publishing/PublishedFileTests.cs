using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using HostingOps.Engine.Apex.Publishing;
using HostingOps.Testing;
using static HostingOps.Engine.Tests.Apex.Publishing.RealShell;

namespace HostingOps.Engine.Tests.Apex.Publishing;

/// <summary>What becomes of the file's permissions, owner, attributes and links, and what a file that can't be read does.</summary>
public sealed class PublishedFileTests : IDisposable
{
    private static readonly ApexSettings Plain = new() { ElasticIp = "198.51.100.99", Test = ["true"], Reload = ["true"] };

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [SkippableTheory]
    [InlineData("true")]
    [InlineData("false")]
    public void Permissions_owner_and_attributes_are_kept_whether_it_stays_or_not(string reload)
    {
        NeedShell();
        var path = folder.Write("a.conf", "old\n");
        Process.Start("chmod", ["640", path]).WaitForExit();
        var own = Environment.IsPrivilegedProcess;
        if (own)
        {
            Process.Start("chown", ["65534:65533", path]).WaitForExit();
        }

        var attributes = OperatingSystem.IsLinux() && setxattr(path, "user.hostingops", "kept"u8.ToArray(), 4, 0) == 0;

        var (_, output) = Run("sh", Publish(path, "new\n", "old\n", Plain with { Reload = [reload] }), keep: true);

        Assert.Contains(reload == "true" ? "@0f kept yes" : "@0f rollback done", output, StringComparison.Ordinal);
        Assert.Equal(reload == "true" ? "new\n" : "old\n", File.ReadAllText(path));
        foreach (var file in Directory.GetFiles(folder.Path))
        {
            Assert.Equal((file, "640 " + (own ? "65534 65533" : $"{Stat(path, "%u %g")}")), (file, Stat(file, "%a %u %g")));
            var value = new byte[4];
            Assert.True(!attributes || (getxattr(file, "user.hostingops", value, 4) == 4 && Encoding.ASCII.GetString(value) == "kept"), file);
        }
    }

    [SkippableFact]
    public void A_cp_that_knows_only_the_basic_attributes_will_do()
    {
        NeedShell();
        var path = folder.Write("a.conf", "old\n");
        Program("cp", "[ \"$1\" != --preserve=all ] || { echo 'cp: unrecognized option' >&2; exit 1; }\nPATH=${PATH#*:} exec cp \"$@\"");

        var (_, output) = Run("sh", WithPrograms() + Publish(path, "new\n", "old\n", Plain), keep: true);

        Assert.Contains("@0f kept yes", output, StringComparison.Ordinal);
        Assert.Equal(("new\n", "old\n"), (File.ReadAllText(path), File.ReadAllText(folder.Combine(".a.conf.hostingops-former"))));
    }

    [SkippableFact]
    public void A_file_that_can_not_be_copied_is_not_published_over()
    {
        NeedShell();
        var path = folder.Write("a.conf", "old\n");
        Program("cp", "exit 1");

        var (_, output) = Run("sh", WithPrograms() + Publish(path, "new\n", "old\n", Plain), keep: true);

        Assert.Contains("@0f fail upload", output, StringComparison.Ordinal);
        Assert.DoesNotContain("@0f step swap", output, StringComparison.Ordinal);
        Assert.Equal("old\n", File.ReadAllText(path));
    }

    [SkippableFact]
    public void A_configuration_that_did_not_arrive_whole_is_not_put_in_place()
    {
        NeedShell();
        var path = folder.Write("a.conf", "old\n");

        // As on a full disk, only that nobody says so.
        Program("tee", "head -c 2 > \"$1\"");

        var (_, output) = Run("sh", WithPrograms() + Publish(path, "new\n", "old\n", Plain), keep: true);

        Assert.Contains("@0f fail upload", output, StringComparison.Ordinal);
        Assert.Equal("old\n", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(folder.Path));
    }

    [SkippableFact]
    public void What_an_earlier_publish_left_must_be_what_the_plan_saw()
    {
        NeedShell();
        var path = folder.Write("a.conf", "cut off\n");
        var undo = folder.Write(".a.conf.hostingops-undo", "another\n");
        string With(string undoSeen) => PublishScript.Publish(
            "@0f", path, "new\n", new RemoteConfig(path, "cut off\n"u8.ToArray(), Encoding.UTF8.GetBytes(undoSeen), Busy: false), Plain, TimeSpan.FromSeconds(60));

        Assert.Contains("@0f fail changed", Run("sh", With("seen\n"), keep: true).Output, StringComparison.Ordinal);
        Assert.Equal(("cut off\n", "another\n"), (File.ReadAllText(path), File.ReadAllText(undo)));

        Assert.Contains("@0f kept yes", Run("sh", With("another\n"), keep: true).Output, StringComparison.Ordinal);
        Assert.Equal(("new\n", "another\n"), (File.ReadAllText(path), File.ReadAllText(folder.Combine(".a.conf.hostingops-former"))));
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_file_that_the_account_may_not_read_is_told_of_and_left_alone(bool reading)
    {
        NeedShell();
        var path = folder.Write("a.conf", "secret\n");
        Process.Start("chmod", ["777", folder.Path]).WaitForExit();
        Process.Start("chmod", ["000", path]).WaitForExit();
        string[] shell = Environment.IsPrivilegedProcess ? [RealPart.Require("setpriv"), "--reuid=65534", "--regid=65534", "--clear-groups", "sh"] : ["sh"];

        // To the plan it would look like an empty file, which may be replaced.
        var script = reading ? PublishScript.Read("@0f", path, Plain) : Publish(path, "new\n", "", Plain);
        var (_, output) = Run(shell[0], script, keep: true, arguments: shell[1..]);

        Assert.Equal("@0f fail unreadable " + path, output.Trim());
        Assert.Equal([path], Directory.GetFiles(folder.Path));
        var error = RemoteFailure.BeforeBeginning(new("a", "b", null), path, "unreadable " + path);
        Assert.Equal(ErrorIds.ApexPublishFailed, error.ErrorId);
        Assert.Contains($"the account may not read '{path}'", error.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_link_that_leads_nowhere_is_told_of()
    {
        NeedShell();
        var link = folder.Combine("a.conf");
        File.CreateSymbolicLink(link, folder.Combine("gone/b.conf"));
        var elsewhere = Directory.CreateDirectory(folder.Combine("elsewhere")).FullName;

        var (_, output) = Run("sh", Publish(link, "new\n", null, Plain), elsewhere, keep: true);

        Assert.Equal("@0f fail link " + link, output.Trim());
        Assert.Empty(Directory.GetFileSystemEntries(elsewhere));
        Assert.Contains("leads nowhere", RemoteFailure.BeforeBeginning(new("a", "b", null), link, "link " + link).Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void What_was_told_to_stay_stays_though_the_time_runs_out_in_that_moment()
    {
        NeedShell();
        var path = folder.Write("a.conf", "old\n");

        // The last move comes after the word: just then the watch ends the script.
        Program("mv", "case \"$*\" in *hostingops-former*) kill -TERM $PPID;; esac\nPATH=${PATH#*:} exec mv \"$@\"");

        var (_, output) = Run("sh", WithPrograms() + Publish(path, "new\n", "old\n", Plain), keep: true);

        Assert.Contains("@0f kept yes", output, StringComparison.Ordinal);
        Assert.Equal("new\n", File.ReadAllText(path));
        Assert.Equal([".a.conf.hostingops-former", "a.conf", "bin"], Directory.GetFileSystemEntries(folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [SkippableFact]
    public void A_word_that_is_not_ours_is_no_word()
    {
        NeedShell();
        var path = folder.Write("a.conf", "old\n");

        // Told to keep by another session's mark. Of a whole input, bash leaves what follows the script to be read; dash takes it in with it.
        var (_, output) = Run("bash", Publish(path, "new\n", "old\n", Plain).Replace("mark='@0f'", "mark='@0e'", StringComparison.Ordinal) + "@0f keep\n");

        Assert.Contains("@0e rollback done", output, StringComparison.Ordinal);
        Assert.Equal("old\n", File.ReadAllText(path));
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Nothing_of_a_session_outlives_it(bool keep)
    {
        NeedShell();
        Skip.IfNot(OperatingSystem.IsLinux(), "a /proc with every process's environment is needed");
        var path = folder.Write("a.conf", "old\n");

        Run("sh", $"export HOSTINGOPS_SESSION='{folder.Path}'\n" + Publish(path, "new\n", "old\n", Plain), keep: keep);

        await Eventually.HoldsAsync(() => !Directory.GetDirectories("/proc").Any(BelongsToSession));
    }

    private static void NeedShell()
    {
        Skip.If(OperatingSystem.IsWindows(), "a POSIX shell is needed");
        RealPart.Require("flock");
    }

    private static string Publish(string path, string text, string? former, ApexSettings settings) => PublishScript.Publish(
        "@0f", path, text, new RemoteConfig(path, former is null ? null : Encoding.UTF8.GetBytes(former), null, Busy: false), settings, TimeSpan.FromMinutes(10));

    private bool BelongsToSession(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "environ")).Contains("HOSTINGOPS_SESSION=" + folder.Path, StringComparison.Ordinal);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // No process, another user's, or one that has ended meanwhile.
            return false;
        }
    }

    private void Program(string name, string body)
    {
        var program = Path.Combine(Directory.CreateDirectory(folder.Combine("bin")).FullName, name);
        File.WriteAllText(program, "#!/bin/sh\n" + body + "\n");
        Process.Start("chmod", ["+x", program]).WaitForExit();
    }

    private string WithPrograms() => $"PATH='{folder.Combine("bin")}':$PATH\n";

    private static string Stat(string path, string format)
    {
        using var process = Process.Start(new ProcessStartInfo("stat", ["-c", format, path]) { RedirectStandardOutput = true })!;
        return process.StandardOutput.ReadToEnd().Trim();
    }

    [DllImport("libc", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern int setxattr(string path, string name, byte[] value, nint size, int flags);

    [DllImport("libc", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern nint getxattr(string path, string name, byte[] value, nint size);
}
