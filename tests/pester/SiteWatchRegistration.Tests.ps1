# Register-SiteWatch, Unregister-SiteWatch and Get-SiteWatchStatus as users call them; crontab and systemctl are stand-ins in $TestDrive.
BeforeAll {
    Import-Module (& (Join-Path $PSScriptRoot 'Get-TestedModule.ps1')) -Force
    $env:HOSTINGOPS_STATE = Join-Path $TestDrive 'state.db'
    $env:HOSTINGOPS_INVENTORY = Join-Path (& (Join-Path $PSScriptRoot 'Get-TestedModule.ps1')) 'samples/hosting.yml'
    $path, $config = $env:PATH, $env:XDG_CONFIG_HOME
    $tools = New-Item (Join-Path $TestDrive 'bin') -ItemType Directory
    $calls = Join-Path $TestDrive 'calls'
    $crontab = Join-Path $TestDrive 'crontab'
    function Add-Tool([string] $Name, [string] $Script) {
        $file = Join-Path $tools $Name
        Set-Content $file "#!/bin/sh`n$Script"
        if (-not $IsWindows) { chmod +x $file }
    }
    Add-Tool crontab "if [ `"`$1`" = -l ]; then [ -f '$crontab' ] && cat '$crontab' || { echo 'no crontab for you' >&2; exit 1; }; else cat > '$crontab'; fi"
    Add-Tool systemctl "echo `"`$@`" >> '$calls'; case `"`$*`" in *show*) [ -f '$calls.on' ] && printf 'UnitFileState=enabled\nActiveState=active\n' || printf 'UnitFileState=\nActiveState=inactive\n';; *restart*) touch '$calls.on';; *disable*) rm '$calls.on';; esac"
    Add-Tool hostingops 'exit 0'
    $env:PATH = "$tools$([IO.Path]::PathSeparator)$path"
    $env:XDG_CONFIG_HOME = Join-Path $TestDrive 'config'
    $user = @{ Scope = 'User'; WarningAction = 'SilentlyContinue' }
}

AfterAll {
    $env:PATH, $env:XDG_CONFIG_HOME = $path, $config
    $env:HOSTINGOPS_STATE = $env:HOSTINGOPS_INVENTORY = $null
}

Describe 'A crontab' -Skip:$IsWindows {
    BeforeAll { Set-Content $crontab '0 1 * * * backup' }

    It 'is shown first, and not touched' {
        $transcript = Join-Path $TestDrive 'whatif.txt'
        $null = Start-Transcript $transcript -UseMinimalHeader
        try { Register-SiteWatch Cron @user -WhatIf | Should -BeNullOrEmpty } finally { $null = Stop-Transcript }
        $told = Get-Content $transcript -Raw
        $told | Should -Match '\*/5 \* \* \* \* .*hostingops watch --inventory .*hosting\.yml.* --once --every 300'
        $told | Should -Match 'Run: crontab -'
        Get-Content $crontab | Should -Be '0 1 * * * backup'
    }

    It 'gets the line, once, and loses it again' {
        (Register-SiteWatch Cron @user).Outcome | Should -Be 'Registered'
        (Register-SiteWatch Cron @user).Outcome | Should -Be 'Unchanged'
        $changed = Register-SiteWatch Cron @user -Interval 0:10:00
        $changed.Outcome | Should -Be 'Updated'
        (Select-String -Path $crontab -Pattern 'hostingops watch').Line | Should -Match '^\*/10 '
        Get-Content $crontab -First 1 | Should -Be '0 1 * * * backup'
        ($changed | Unregister-SiteWatch).Outcome | Should -Be 'Removed'
        Get-Content $crontab | Should -Be '0 1 * * * backup'
        (Unregister-SiteWatch -Scope User).Outcome | Should -Be 'NotRegistered'
    }
}

Describe 'A service of the account' -Skip:(-not $IsLinux) {
    It 'is written, started, left alone, and taken away' {
        $unit = Join-Path $env:XDG_CONFIG_HOME 'systemd/user/hostingops-watch.service'
        $registered = Register-SiteWatch Service @user
        $registered.Files | Should -Be $unit
        $registered.Commands | Should -Contain 'systemctl --user restart hostingops-watch.service'
        (Get-Content $unit -Raw) | Should -Match 'ExecStart=.*hostingops watch'
        (Register-SiteWatch Service @user).Outcome | Should -Be 'Unchanged'
        Set-Content $unit 'mine'
        { Register-SiteWatch Service @user -ErrorAction Stop } | Should -Throw -ErrorId 'WatchRegistrationForeign,*'
        Get-Content $unit | Should -Be 'mine'
        Remove-Item $unit
        (Register-SiteWatch Service @user).Outcome | Should -Be 'Registered'
        (Unregister-SiteWatch -Scope User).Outcome | Should -Be 'Removed'
        $unit | Should -Not -Exist
    }

    It 'refuses what does not fit: <Id>' -ForEach @(
        @{ Id = 'InvalidArgument'; Line = { Register-SiteWatch Timer @user -Interval 5 } }
        @{ Id = 'InvalidArgument'; Line = { Register-SiteWatch ScheduledTask @user } }
        @{ Id = 'InventoryNotFound'; Line = { Register-SiteWatch @user -InventoryPath ./none.yml } }
    ) {
        { & $Line } | Should -Throw -ErrorId "$Id,*"
    }
}

Describe 'Get-SiteWatchStatus where nobody watches' {
    It 'says so, and shows every site as not checked' {
        $sites = Get-SiteWatchStatus -WarningVariable warned -WarningAction SilentlyContinue
        $sites | Should -HaveCount @(Get-HostedSite).Count
        $sites.State | Sort-Object -Unique | Should -Be 'Unknown'
        $sites.Live | Should -Not -Contain $true
        "$warned" | Should -Match 'Nobody has watched'
        (Get-SiteWatchStatus -Role Active, Standby -WarningAction SilentlyContinue).Count | Should -Be (2 * $sites.Count)
        Get-SiteWatchStatus -State Down -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        (Get-SiteWatchStatus -Summary -WarningAction SilentlyContinue).Live | Should -BeFalse
    }

    It 'names a site that is not there' {
        { Get-SiteWatchStatus nosuch -ErrorAction Stop -WarningAction SilentlyContinue } | Should -Throw -ErrorId 'SiteNotFound,*'
    }
}
