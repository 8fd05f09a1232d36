using HostingOps.Engine.Files;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Files;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Many_writers_leave_one_whole_text_and_nothing_beside_it()
    {
        var path = folder.Combine("hosting.yml");
        var texts = Enumerable.Range(0, 40).Select(static i => new string((char)('A' + (i % 26)), 100_000)).ToArray();

        await Task.WhenAll(texts.Select(text => Task.Run(() => AtomicFile.WriteAsync(path, text, overwrite: true, CancellationToken.None))));

        Assert.Contains(await File.ReadAllTextAsync(path), texts);
        Assert.Equal([path], Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task Of_many_that_may_not_overwrite_one_writes()
    {
        var path = folder.Combine("hosting.yml");

        var thrown = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Record.ExceptionAsync(() => Task.Run(
            () => AtomicFile.WriteAsync(path, $"{i}", overwrite: false, CancellationToken.None)))));

        Assert.Single(thrown, static error => error is null);
        Assert.All(thrown.OfType<HostingException>(), static error => Assert.Equal(ErrorIds.FileWriteFailed, error.ErrorId));
        Assert.Equal([path], Directory.GetFileSystemEntries(folder.Path));
    }

    [SkippableFact]
    public async Task A_link_stays_one_and_what_it_leads_to_is_replaced_with_its_permissions()
    {
        if (OperatingSystem.IsWindows())
        {
            throw new SkipException("Links need a privilege there, and files have no Unix permissions.");
        }

        Directory.CreateDirectory(folder.Combine("etc"));
        var (target, link) = (folder.Combine("etc/real.yml"), folder.Combine("hosting.yml"));
        await File.WriteAllTextAsync(target, "old");
        File.SetUnixFileMode(target, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.CreateSymbolicLink(link, "etc/real.yml");

        await AtomicFile.WriteAsync(link, "new", overwrite: true, CancellationToken.None);

        Assert.Equal("etc/real.yml", new FileInfo(link).LinkTarget);
        Assert.Equal("new", await File.ReadAllTextAsync(target));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(target));
        Assert.Equal([target], Directory.GetFileSystemEntries(folder.Combine("etc")));
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_told_of()
    {
        var path = folder.Combine("nowhere/hosting.yml");

        var error = await Assert.ThrowsAsync<HostingException>(() => AtomicFile.WriteAsync(path, "text", overwrite: false, CancellationToken.None));

        Assert.Equal((ErrorIds.FileWriteFailed, path), (error.ErrorId, error.Target));
    }

    [Fact]
    public async Task What_is_cancelled_leaves_the_file_as_it_was()
    {
        var path = folder.Combine("hosting.yml");
        await File.WriteAllTextAsync(path, "old");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => AtomicFile.WriteAsync(path, "new", overwrite: true, new CancellationToken(canceled: true)));

        Assert.Equal("old", await File.ReadAllTextAsync(path));
        Assert.Equal([path], Directory.GetFileSystemEntries(folder.Path));
    }
}
