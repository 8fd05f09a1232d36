using HostingOps.Engine.Mirror.Generations;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Mirror.Generations;

/// <summary>Who works on a site's mirror, and who only looks whether somebody does.</summary>
public sealed class MirrorLockTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private MirrorFolder Acme => new(folder.Combine("mirrors"), "acme");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Who_looks_whether_a_run_is_under_way_is_not_taken_for_one()
    {
        MirrorLock.Take(Acme).Dispose();
        var looking = Task.Run(() =>
        {
            for (var look = 0; look < 3000; look++)
            {
                MirrorLock.IsHeld(Acme);
            }
        });

        while (!looking.IsCompleted)
        {
            MirrorLock.Take(Acme).Dispose();
        }

        await looking.WaitAsync(Eventually.Patience);
    }

    [Fact]
    public void A_run_is_seen_and_keeps_another_out()
    {
        using (MirrorLock.Take(Acme))
        {
            Assert.True(MirrorLock.IsHeld(Acme));
            Assert.Equal(ErrorIds.MirrorBusy, Assert.Throws<HostingException>(() => MirrorLock.Take(Acme)).ErrorId);
        }

        Assert.False(MirrorLock.IsHeld(Acme));
    }
}
