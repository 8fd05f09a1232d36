# A stop ends the work wherever it waits, and what it cuts off can be finished or taken back. What is waited for would last
# minutes, so an end within the patience of these tests is the stop's doing.
BeforeDiscovery {
    $onUnix = -not $IsWindows
    $hasPython = [bool](Get-Command python3 -ErrorAction Ignore)
    $hasTmux = [bool](Get-Command tmux -ErrorAction Ignore)
    if (-not $hasTmux -and "$env:HOSTINGOPS_REQUIRE" -split ',' -contains 'tmux') { throw 'tmux is not on PATH' }
}

BeforeAll {
    $modulePath = & (Join-Path $PSScriptRoot 'Get-TestedModule.ps1')
    Import-Module $modulePath -Force
    . (Join-Path $PSScriptRoot 'World.ps1')
    $env:HOSTINGOPS_INVENTORY = $null
    $state = Join-Path $TestDrive 'state.db'
    $env:HOSTINGOPS_STATE = $state
    $sandbox = Start-HostingSandbox -InventoryPath (New-RehearsalInventory (Join-Path $TestDrive 'world.yml') 12)
    $path = $sandbox.InventoryPath
    $sandboxAssembly = $sandbox.GetType().Assembly

    # Stops a script once it waits, and says what came of it.
    function Stop-When([string] $Script, [scriptblock] $Waits) {
        $started = Start-Script $Script $modulePath
        try {
            Wait-Until $Waits | Should -BeTrue -Because 'it must wait before it is stopped'
            $started.Running.IsCompleted | Should -BeFalse
            Stop-Script $started | Should -BeTrue
            # Not enumerated: that would wait for more.
            $started.Shell.Streams.Error.Count | Should -Be 0 -Because 'a stop is no error'
        }
        finally { $started.Shell.Dispose() }
    }

    function Get-Open([string] $Name) { Get-SiteFailoverHistory $Name -InventoryPath $path -ResumableOnly }
}

AfterAll {
    $sandbox.Dispose()
    $env:HOSTINGOPS_STATE = $null
}

Describe 'A stop ends' {
    It 'a probe of a site that is silent' {
        $server = [HostingOps.PesterWorld.CountingServer]::new(600000)
        try {
            $plain = New-PlainInventory (Join-Path $TestDrive 'silent.yml') $server.Port 100 -Timeout 10m
            Stop-When "Test-SiteHealth -Target Primary -InventoryPath '$plain'" { $server.Requests -ge 32 }
        }
        finally { $server.Dispose() }
    }

    It 'a connection to an address that swallows everything' -Skip:(-not $IsLinux) {
        $hole = [HostingOps.PesterWorld.BlackHole]::new()
        try {
            $plain = New-PlainInventory (Join-Path $TestDrive 'hole.yml') $hole.Port 3 -Timeout 10m
            $tried = [Diagnostics.Stopwatch]::StartNew()
            Stop-When "Test-SiteHealth -Target Primary -InventoryPath '$plain'" { $tried.Elapsed.TotalSeconds -gt 3 }
        }
        finally { $hole.Dispose() }
    }

    It 'the retries of a throttled AWS' {
        $throttled = [Enum]::Parse($sandboxAssembly.GetType('HostingOps.Sandbox.Api.SandboxApiFault'), 'Throttled')
        $sandbox.Faults.FailNext('*', $throttled, 10000)
        try {
            $before = $sandbox.ApiCalls['ListHostedZonesByName']
            Stop-When "while (`$true) { Get-SiteDnsTarget -InventoryPath '$path' -ErrorAction SilentlyContinue }" {
                $sandbox.ApiCalls['ListHostedZonesByName'] -ge $before + 3
            }
        }
        finally { $sandbox.Faults.Clear() }
    }

    It 'a hook, whose process is killed' -Skip:(-not $onUnix) {
        $inventory = Edit-Inventory $path (Join-Path $TestDrive 'hook.yml') @{ s00001 = "{ promote: [[sleep, '654321']] }" }
        function Get-Sleeper { Get-Process sleep -ErrorAction Ignore | Where-Object CommandLine -Match 'sleep 654321$' }
        Stop-When "Invoke-SiteFailover s00001 -Planned -Force -InventoryPath '$inventory'" { Get-Sleeper }
        Wait-Until { -not (Get-Sleeper) } | Should -BeTrue
        (Get-Open s00001).LastStep | Should -Be 'Promote'
        (Get-SiteDnsTarget s00001 -InventoryPath $path).ActiveHost | Should -Be 'left'
    }

    It 'the wait for a name server that does not answer' {
        $deaf = [Net.Sockets.UdpClient]::new([Net.IPEndPoint]::new([Net.IPAddress]::Loopback, 0))
        try {
            $inventory = Edit-Inventory $path (Join-Path $TestDrive 'deaf.yml') -NameServer $deaf.Client.LocalEndPoint.ToString()
            Stop-When "Invoke-SiteFailover s00002 -Planned -Force -InventoryPath '$inventory'" { $deaf.Available -gt 0 }
            (Get-Open s00002).LastStep | Should -Be 'Verify'
        }
        finally { $deaf.Dispose() }
        $resumed = Resume-SiteFailover s00002 -Force -InventoryPath $path
        $resumed.Outcome | Should -Be 'Succeeded' -Because $resumed.Reason
    }

    It 'the wait for a state database that another process keeps locked' -Skip:(-not $hasPython) {
        $locked = Join-Path $TestDrive 'locked'
        $code = "import sqlite3,sys,time; c=sqlite3.connect(sys.argv[1],isolation_level=None); c.execute('BEGIN EXCLUSIVE'); open(sys.argv[2],'w').close(); time.sleep(600)"
        $holder = Start-Process python3 -ArgumentList '-c', "`"$code`"", $state, $locked -PassThru
        try {
            Wait-Until { Test-Path $locked } | Should -BeTrue
            $tried = [Diagnostics.Stopwatch]::StartNew()
            Stop-When "while (`$true) { Disable-SiteFailover s00003 why -InventoryPath '$path' -ErrorAction SilentlyContinue }" { $tried.Elapsed.TotalSeconds -gt 2 }
        }
        finally { $holder.Kill() }
    }

    It 'a slow command downstream' {
        $reached = Join-Path $TestDrive 'reached'
        Stop-When "Test-SiteHealth -InventoryPath '$path' | ForEach-Object { Set-Content '$reached' 1; Start-Sleep 6000 }" { Test-Path $reached }
    }

    It 'a nested pipeline' {
        $server = [HostingOps.PesterWorld.CountingServer]::new(600000)
        try {
            $plain = New-PlainInventory (Join-Path $TestDrive 'nested.yml') $server.Port 5 -Timeout 10m
            Stop-When "Get-HostedSite -InventoryPath '$path' | Where-Object { Test-SiteHealth -Target Primary -InventoryPath '$plain' }" { $server.Requests -ge 5 }
        }
        finally { $server.Dispose() }
    }
}

Describe 'What a stop cuts off in the wait for INSYNC' {
    BeforeAll {
        # A Route 53 that takes its time.
        $timings = [Activator]::CreateInstance($sandboxAssembly.GetType('HostingOps.Sandbox.SandboxTimings'))
        $timings.GetType().GetProperty('Propagation').SetValue($timings, [TimeSpan]::FromSeconds(8))
        $options = [Activator]::CreateInstance($sandboxAssembly.GetType('HostingOps.Sandbox.SandboxOptions'))
        $options.GetType().GetProperty('Timings').SetValue($options, $timings)
        $world = $sandboxAssembly.GetType('HostingOps.Sandbox.SandboxWorld')
        $slow = $world::StartAsync($sandbox.Inventory, $options, [Threading.CancellationToken]::None).GetAwaiter().GetResult()
        $path = $slow.InventoryPath

        function Stop-InSync([string] $Name) {
            $before = [int]$slow.ApiCalls['GetChange']
            Stop-When "Invoke-SiteFailover $Name -Planned -Force -InventoryPath '$path'" { [int]$slow.ApiCalls['GetChange'] -gt $before }
            $open = Get-Open $Name
            $open.LastStep | Should -Be 'Sync'
            $open.Outcome | Should -Be 'InProgress'
            $open
        }
    }

    AfterAll { $slow.Dispose() }

    It 'is named by the next plan, which is refused' {
        $script:open = Stop-InSync s00004
        $plan = Get-SiteFailoverPlan s00004 -Planned -InventoryPath $path
        $plan.Allowed | Should -BeFalse
        $gate = $plan.Gates | Where-Object Name -EQ NothingOpen
        $gate.Outcome | Should -Be 'Refused'
        $gate.Reason | Should -Match "Resume-SiteFailover -OperationId $($open.OperationId) .*Undo-SiteFailover -OperationId $($open.OperationId) "
        $null = Invoke-SiteFailover s00004 -Planned -Force -InventoryPath $path -ErrorVariable refused -ErrorAction SilentlyContinue
        $refused[0].FullyQualifiedErrorId | Should -BeLike 'FailoverRefused,*'
        $refused[0].Exception.Message | Should -Match $open.OperationId
    }

    It 'Resume-SiteFailover finishes it, and sends no switch again' {
        $sent = $slow.ApiCalls['ChangeResourceRecordSets']
        $resumed = Resume-SiteFailover -OperationId $open.OperationId -Force -InventoryPath $path
        $resumed.Outcome | Should -Be 'Succeeded' -Because $resumed.Reason
        $slow.ApiCalls['ChangeResourceRecordSets'] | Should -Be $sent
        (Get-SiteFailoverPlan s00004 -Planned -InventoryPath $path).Gates | Where-Object Name -EQ NothingOpen | ForEach-Object Outcome | Should -Be 'Passed'
    }

    It 'Undo-SiteFailover takes it back' {
        $open = Stop-InSync s00005
        $undone = Undo-SiteFailover -OperationId $open.OperationId -Force -InventoryPath $path
        $undone.Outcome | Should -Be 'Succeeded' -Because $undone.Reason
        (Get-SiteDnsTarget s00005 -InventoryPath $path).ActiveHost | Should -Be 'left'
        Get-Open s00005 | Should -BeNullOrEmpty
    }
}

Describe 'Ctrl+C in a terminal' -Skip:(-not $hasTmux) {
    BeforeAll {
        $socket = "pester-$PID"
        $tmux = { & tmux -L $socket @args }
        function Send-Line([string] $Text) { & $tmux send-keys -t ops -l $Text; & $tmux send-keys -t ops Enter }
        function Get-Screen { (& $tmux capture-pane -p -t ops) -join "`n" }
        function Wait-Screen([string] $Pattern) {
            if (-not (Wait-Until { (Get-Screen) -match $Pattern })) { throw "'$Pattern' did not come. The screen was:`n$(Get-Screen)" }
        }
        $slowInventory = Edit-Inventory $path (Join-Path $TestDrive 'terminal.yml') @{ s00008 = "{ promote: [[sleep, '600']] }" }
        & $tmux -f /dev/null new-session -d -s ops -x 80 -y 50 "'$([Environment]::ProcessPath)' -NoProfile -NoLogo"
        Wait-Screen 'PS .*>'
        Send-Line "`$env:HOSTINGOPS_STATE = '$state'; `$env:HOSTINGOPS_INVENTORY = '$slowInventory'; function prompt { 'ready> ' }; Import-Module '$modulePath'; Clear-Host"
        Wait-Screen '^\s*ready>'
    }

    AfterAll { & $tmux kill-server }

    It 'at the question whether to move the site' {
        Send-Line 'Invoke-SiteFailover s00007 -Planned'
        Wait-Screen '\[Y\] Yes'
        & $tmux send-keys -t ops C-c
        Wait-Screen 'default is "Y"\)[\s\S]*ready>\s*$'
        Get-Open s00007 | Should -BeNullOrEmpty
        Send-Line 'Clear-Host'
    }

    It 'in the middle of an operation, which then says how to go on' {
        Send-Line 'Invoke-SiteFailover s00008 -Planned -Force'
        Wait-Until { Get-Open s00008 } | Should -BeTrue
        Wait-Screen 'Running hooks'
        & $tmux send-keys -t ops C-c
        $id = (Get-Open s00008).OperationId
        Wait-Screen "WARNING: Operation $id was cut off[\s\S]*Resume-SiteFailover[\s\S]*ready>\s*`$"
        Send-Line '"errors: " + $Error.Count'
        Wait-Screen 'errors: 0'
    }
}
